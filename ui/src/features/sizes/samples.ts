import type { ArchiveView, SizeKind, SizePart, SizesView } from '@/bridge';

type Grown = [name: string, kind: SizeKind, bytes: number, inside?: Grown[]];

/** A part by its own bytes and those of what it holds. */
function grow([name, kind, bytes, inside = []]: Grown, above: string): SizePart {
  const path = name === '' ? '' : `${above}${name}`;
  const children = inside.map((one) => grow(one, path === '' ? '' : `${path}/`)).sort((a, b) => b.unzipped - a.unzipped);
  const sum = (of: (one: SizePart) => number) => children.reduce((all, one) => all + of(one), 0);
  return {
    name, kind, path, children, files: children.length === 0 ? (kind === 'smaller' ? 212 : 1) : sum((one) => one.files), unzipped: children.length === 0 ? bytes : sum((one) => one.unzipped), zipped: children.length === 0 ? Math.round(bytes / 3) : sum((one) => one.zipped),
    pattern: kind === 'smaller' || path === '' ? null : `!${path}${kind === 'file' ? '' : '/**'}`,
  };
}

const tree = (inside: Grown[]) => grow(['', 'folder', 0, inside], '');
const MB = 1_000_000;

export const usual = tree([
  ['node_modules', 'folder', 0, [
    ['aws-sdk', 'package', 0, [['dist', 'folder', 0, [['aws-sdk.js', 'file', 14 * MB]]], ['clients', 'folder', 0, [['ec2.js', 'file', 6 * MB], ['198 smaller', 'smaller', 9 * MB]]]]],
    ['@prisma', 'folder', 0, [['client', 'package', 0, [['query-engine-rhel-openssl-3.0.x.so.node', 'file', 15 * MB], ['runtime', 'folder', 0, [['library.js', 'file', 2 * MB]]]]]]],
    ['lodash', 'package', 0, [['lodash.js', 'file', 540_000], ['120 smaller', 'smaller', 900_000]]],
    ['date-fns', 'package', 0, [['locale', 'folder', 0, [['300 smaller', 'smaller', 4 * MB]]], ['index.js', 'file', 200_000]]],
  ]],
  ['assets', 'folder', 0, [['manual.pdf', 'file', 8 * MB], ['logo.png', 'file', 300_000]]],
  ['src', 'folder', 0, [['handler.js', 'file', 14_000], ['orders.js', 'file', 32_000]]],
  ['18 smaller', 'smaller', 90_000],
]);

const archive = (name: string, functions: string[], held: SizePart | null, patternsAt: string[] | null = ['package', 'patterns']): ArchiveView => ({ name, functions, zipped: Math.round((held?.unzipped ?? 9 * MB) / 3), tree: held, rest: null, patternsAt });
const sizes = (archives: ArchiveView[], unzipped = 60 * MB): SizesView => ({
  service: 'orders', limit: 262_144_000, archives, without: [],
  functions: archives.flatMap((one) => one.functions.map((name) => ({ name, archives: [one.name], unzipped, rest: unzipped, unknown: 0, tooLarge: unzipped > 262_144_000 }))),
});

export const measured = sizes([archive('orders.zip', ['list', 'create'], usual)]);
/** As the engine answers it without what the patterns take. */
export const without = (patterns: string[]): SizesView => {
  if (patterns.length === 0) return measured;
  return { ...measured, without: patterns, archives: measured.archives.map((one) => ({ ...one, rest: { files: 400, unzipped: 31 * MB, zipped: 10 * MB } })), functions: measured.functions.map((one) => ({ ...one, rest: 31 * MB })) };
};
export const several = sizes([archive('list.zip', ['list'], usual), archive('create.zip', ['create'], tree([['app.js', 'file', 4000]])), archive('ready.zip', ['ready'], null, null), archive('pythonRequirements.zip', [], tree([['numpy', 'package', 0, [['core', 'folder', 0, [['_multiarray.so', 'file', 24 * MB]]]]]]), null)]);
export const tooLarge = { ...sizes([archive('orders.zip', ['list', 'create'], usual)], 301 * MB) };
const LONG = 'a-folder-with-a-name-that-somebody-made-very-long-because-the-generator-of-the-build-said-so';
export const long = sizes([archive(`${LONG}.zip`, [LONG], tree(Array.from({ length: 40 }, (_, number): Grown => [`${LONG}-${number}`, number % 3 === 0 ? 'package' : 'folder', 0, [[`${LONG}.js`, 'file', (41 - number) * 40_000]]])))]);
export const none = sizes([]);
