import { Tooltip } from '@base-ui/react/tooltip';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { HostProvider, type Host } from '@/bridge';
import { ActionsProvider, ToastProvider } from '@/components';
import { FrameProvider } from '@/lib/frame';
import { makeRouter } from './router';

export function App({ host }: { host: Host }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 1000, retry: false }, mutations: { retry: false } } }));
  const [router] = useState(makeRouter);
  return (
    <CSPProvider disableStyleElements>
      <HostProvider host={host}>
        <QueryClientProvider client={client}>
          <ActionsProvider>
            <FrameProvider>
              <ToastProvider>
                <Tooltip.Provider delay={400}>
                  <RouterProvider router={router} />
                </Tooltip.Provider>
              </ToastProvider>
            </FrameProvider>
          </ActionsProvider>
        </QueryClientProvider>
      </HostProvider>
    </CSPProvider>
  );
}
