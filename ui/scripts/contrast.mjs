// Checks every pair of roles that may meet: text 4.5 to 1, controls and fills 3 to 1, in both themes; and for readers
// who ask for more contrast, text 7 to 1 and every line 3 to 1.
import { readFileSync } from 'node:fs';

/** The values of a style sheet, by theme. */
function read(file, themes) {
  const css = readFileSync(new URL(`../src/design/${file}`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').split('@media (forced-colors')[0];
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const theme = selector.includes('dark') ? 'dark' : selector.includes('light') ? 'light' : 'raw';
    for (const [, name, value] of body.matchAll(/--([\w-]+)\s*:\s*([^;]+);/g)) themes[theme][name] = value.trim();
  }
  return themes;
}

let themes = read('tokens.css', { raw: {}, light: {}, dark: {} });

function colour(theme, role) {
  let value = themes[theme][role] ?? themes.raw[role];
  for (let next = value?.match(/^var\(--([\w-]+)\)$/); next; next = value?.match(/^var\(--([\w-]+)\)$/)) {
    value = themes[theme][next[1]] ?? themes.raw[next[1]];
  }
  if (!/^#[0-9a-f]{6}$/i.test(value ?? '')) throw new Error(`${theme}: --${role} is not a colour: ${value}`);
  return value;
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

let pairs = 0;
let failed = 0;
function meets(theme, front, back, floor) {
  const [light, dark] = [luminance(colour(theme, front)), luminance(colour(theme, back))].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  pairs += 1;
  if (ratio < floor) {
    failed += 1;
    console.error(`${theme}: ${front} on ${back} is ${ratio.toFixed(2)}, below ${floor}`);
  }
}

const surfaces = ['chrome', 'canvas', 'surface', 'raised', 'sunken'];
const hues = ['accent', 'ok', 'warn', 'danger', 'production', 'secret', 'sandbox'];

/** Every pair that may meet: text by its floor, lines and fills 3 to 1. */
function check(floor, lines) {
  for (const theme of ['light', 'dark']) {
    for (const surface of [...surfaces, 'hover', 'selected']) for (const text of ['text', 'text-quiet']) meets(theme, text, surface, floor);
    for (const surface of surfaces) {
      for (const text of ['text-faint', ...hues]) meets(theme, text, surface, floor);
      for (const control of ['focus-outer', ...lines]) meets(theme, control, surface, 3);
    }
    for (const hue of hues) for (const text of [hue, 'text', 'text-quiet']) meets(theme, text, `${hue}-soft`, floor);
    for (const text of ['text-faint', 'ok', 'warn', 'danger', 'accent']) meets(theme, text, 'production-soft', floor);
    meets(theme, 'text-on-bar', 'production-bar', floor);
    for (const fill of ['accent-fill', 'accent-fill-hover', 'danger-fill', 'production-fill']) {
      meets(theme, 'text-on-fill', fill, floor);
      meets(theme, fill, 'surface', 3);
    }
  }
}

check(4.5, ['line-control']);
themes = read('contrast.css', themes);
check(7, ['line-control', 'line', 'line-strong']);
console.log(`${pairs - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
