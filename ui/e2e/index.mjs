// The index of the pictures: pages down, states across.

const PAGES = {
  overview: 'Overview', service: 'Service', several: 'Several services', plan: 'Plan', task: 'Progress and result', invoke: 'Invoke', http: 'HTTP console', logs: 'Logs', forms: 'Forms', editor: 'Editor',
  sandbox: 'Sandbox', activity: 'Activity', accounts: 'Accounts', settings: 'Settings', hostile: 'Hostile names',
};

/** The page that a scene shows: its name begins with it. */
function pageOf(name) {
  return Object.keys(PAGES).find((page) => name === page || name.startsWith(`${page}-`)) ?? 'other';
}

function stateOf(name, page) {
  return name === page ? 'usual' : name.slice(page.length + 1).replaceAll('-', ' ');
}

export function index(names) {
  const pages = new Map(Object.keys(PAGES).map((page) => [page, []]));
  for (const name of names) pages.set(pageOf(name), [...(pages.get(pageOf(name)) ?? []), name]);
  const cell = (name, page) => `${stateOf(name, page)} [light](${name}-light.png) [dark](${name}-dark.png)`;
  const rows = [...pages].filter(([, its]) => its.length > 0).map(([page, its]) => `| ${PAGES[page] ?? page} | ${its.length} | ${its.map((name) => cell(name, page)).join(' · ')} |`);
  return [
    '# Every page in every state',
    '',
    `${names.length} states in light and dark at 1280 by 800, made from the page itself by \`npm --prefix ui run screens\`. Do not edit: the next run writes it again.`,
    '',
    '| Page | States | Pictures |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
