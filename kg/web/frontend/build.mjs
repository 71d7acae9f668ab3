// Builds the editor of the SPARQL page into ../static/built/, which git ignores and the wheel brings along.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "..", "static", "built");
const draft = `${target}.${process.pid}`;

// YASQE asks other hosts for prefixes and terms, and writes markup with style attributes, which our pages forbid. The
// first is never asked here; both are taken out, so that nobody has to take our word for it.
const quiet = {
  name: "quiet",
  setup(building) {
    building.onLoad({ filter: /yasqe\.esm\.js$/ }, async ({ path: file }) => {
      let contents = await readFile(file, "utf8");
      for (const [found, instead] of [
        ["<strong style='text-decoration:underline'>", "<strong>"],
        ["lov.linkeddata.es", "localhost"],
        ["https://dbpedia.org/sparql", "/sparql"],
      ]) {
        if (!contents.includes(found)) throw new Error(`the editor has changed: ${found} is no longer in it`);
        contents = contents.replaceAll(found, instead);
      }
      return { contents, loader: "js" };
    });
  },
};

async function licences() {
  const { packages } = JSON.parse(await readFile(path.join(here, "package-lock.json"), "utf8"));
  const texts = [];
  for (const [folder, { dev, version }] of Object.entries(packages)) {
    if (!folder || dev) continue;
    const own = path.join(here, folder);
    const { name, license } = JSON.parse(await readFile(path.join(own, "package.json"), "utf8"));
    let text = "";
    for (const file of ["LICENSE", "LICENSE.md", "license", "LICENSE.txt"]) {
      text ||= await readFile(path.join(own, file), "utf8").catch(() => "");
    }
    texts.push(`${name} ${version}, ${license}\n\n${text.trim()}`.trim());
  }
  return `${texts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}

await mkdir(draft, { recursive: true });
try {
  await build({
    absWorkingDir: here,
    entryPoints: { editor: "src/editor.js" },
    outdir: draft,
    bundle: true,
    format: "esm",
    target: "es2021",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [quiet],
  });
  await writeFile(path.join(draft, "licences.txt"), await licences());
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
} finally {
  await rm(draft, { recursive: true, force: true });
}
