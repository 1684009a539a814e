import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { AccountsPage } from '@/features/accounts';
import { ActivityPage } from '@/features/activity';
import { NewServicePage } from '@/features/create';
import { PlanPage, TaskPage } from '@/features/deploy';
import { EditorPage } from '@/features/editor';
import { FormsPage } from '@/features/forms';
import { HttpPage, InvokePage } from '@/features/invoke';
import { LogsPage } from '@/features/logs';
import { OverviewPage } from '@/features/overview';
import { SandboxPage } from '@/features/sandbox';
import { ComparePage, SecretsPage } from '@/features/secrets';
import { SettingsPage } from '@/features/settings';
import { SizesPage } from '@/features/sizes';
import { readSearch } from '@/lib/place';
import { Frame } from './Frame';
import { NotFound, PageFailed } from './Odd';
import { ProjectPage } from './Project';

const root = createRootRoute({ component: Frame, validateSearch: readSearch, notFoundComponent: NotFound, errorComponent: PageFailed });
const page = <P extends string>(path: P, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });

const routes = [
  page('/', OverviewPage),
  page('/new', NewServicePage),
  page('/services/$project', ProjectPage),
  page('/plan/$plan', PlanPage),
  page('/task/$task', TaskPage),
  page('/invoke/$project/$function', InvokePage),
  page('/http/$project', HttpPage),
  page('/editor/$project', EditorPage),
  page('/forms/$project', FormsPage),
  page('/sizes/$project', SizesPage),
  page('/logs/$project', LogsPage),
  page('/secrets', SecretsPage),
  page('/secrets/compare', ComparePage),
  page('/sandbox', SandboxPage),
  page('/activity', ActivityPage),
  page('/accounts', AccountsPage),
  page('/settings', SettingsPage),
];

/** Addresses after `#`: the app's pages are one file. */
export function makeRouter() {
  return createRouter({ routeTree: root.addChildren(routes), history: createHashHistory(), defaultErrorComponent: PageFailed, scrollRestoration: false });
}
