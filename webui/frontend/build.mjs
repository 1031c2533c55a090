// Bundles src/*.js into ../static/dist: hashed names, gzip copies, manifest.json, THIRD-PARTY.txt.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'dist');
const DARK = '[data-bs-theme=dark]';
const AUTO = ':root:not([data-bs-theme])';

/** Split a style sheet into its top-level rules, comments removed. */
function topLevelRules(css) {
  const rules = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < css.length; i += 1) {
    if (css[i] === '{') depth += 1;
    if (css[i] === '}') {
      depth -= 1;
      if (depth === 0) {
        rules.push(css.slice(start, i + 1).trim());
        start = i + 1;
      }
    }
  }
  return rules;
}

/** Repeat every dark rule for readers who left the choice to their system. */
function withSystemDark(css) {
  const plain = css.replace(/\/\*[^]*?\*\//g, '').replaceAll('[data-bs-theme="dark"]', DARK);
  const dark = topLevelRules(plain)
    .filter((rule) => rule.includes(DARK) && !rule.startsWith('@'))
    .map((rule) => {
      const brace = rule.indexOf('{');
      const selectors = rule.slice(0, brace).split(',').filter((one) => one.includes(DARK));
      return selectors.join(',').replaceAll(DARK, AUTO) + rule.slice(brace);
    });
  if (dark.length === 0) return css;
  return `${plain}\n@media (prefers-color-scheme: dark) {\n${dark.join('\n')}\n}\n`;
}

const systemDark = {
  name: 'system-dark',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.css$/ }, ({ path }) => ({
      contents: withSystemDark(readFileSync(path, 'utf8')),
      loader: 'css',
    }));
  },
};

/** Return the notices of all packages that are in the bundles. */
function notices(inputs) {
  const folders = new Set();
  for (const input of Object.keys(inputs)) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort().map((folder) => {
    const meta = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(here, folder)).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? readFileSync(join(here, folder, file), 'utf8').trim() : `Licence: ${meta.license}`;
    return `${meta.name} ${meta.version} (${meta.license})\n${'-'.repeat(72)}\n${text}\n`;
  }).join('\n\n');
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/app.js', 'src/diagram.js', 'src/public.css'],
  outdir: out,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [systemDark],
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const file = basename(path);
  const content = readFileSync(join(here, path));
  writeFileSync(join(out, `${file}.gz`), gzipSync(content, { level: 9 }));
  manifest[file.replace(/-[A-Z0-9]{8}\./, '.')] = file;
  console.log(`${file} ${output.bytes} bytes`);
}
writeFileSync(join(out, 'THIRD-PARTY.txt'), notices(result.metafile.inputs));
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
