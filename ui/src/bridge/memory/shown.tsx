// Shows one page with a scene, as the window does, for tests of pages.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createHashHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ActionsProvider, ToastProvider } from '@/components';
import { FrameProvider } from '@/lib/frame';
import { readSearch } from '@/lib/place';
import { HostProvider } from '../context';
import type { Host } from '../host';
import { hostOf, type Scene } from '.';

/** What the tests' browser lacks. */
function complete(): void {
  // A busy computer draws late; what is never drawn still fails.
  configure({ asyncUtilTimeout: 10_000 });
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.scrollTo ??= () => undefined;
  window.scrollTo = () => undefined;
  window.ResizeObserver ??= class {
    observe() { /* nothing changes its size here */ }
    unobserve() { /* as above */ }
    disconnect() { /* as above */ }
  };
}

/** Answers where the window is now; each path without a page of its own is empty. */
export function showPage(route: string, page: () => ReactNode, scene: Scene, calls: Partial<Host> = {}): { address: () => string } {
  complete();
  window.location.hash = scene.path;
  const root = createRootRoute({ validateSearch: readSearch, notFoundComponent: () => null });
  const at = createRoute({ getParentRoute: () => root, path: route as '/', component: page });
  const router = createRouter({ routeTree: root.addChildren([at]), history: createHashHistory() });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  render(
    <HostProvider host={{ ...hostOf(scene, 'light'), ...calls }}>
      <QueryClientProvider client={client}>
        <ActionsProvider><FrameProvider><ToastProvider><RouterProvider router={router as never} /></ToastProvider></FrameProvider></ActionsProvider>
      </QueryClientProvider>
    </HostProvider>,
  );
  return { address: () => window.location.hash };
}
