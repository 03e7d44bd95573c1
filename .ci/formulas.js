// Formulas drawn when the site is built: TeX by page in, SVG by page out, as JSON.
// Run by node with the folder of MathJax as its only argument; .ci/site.py does.
const {readFileSync} = require("node:fs");

async function drawn(MathJax, formulas) {
  const {adaptor, output} = MathJax.startup, drawings = [];
  output.clearFontCache();
  for (const [tex, display] of formulas) {
    const node = await MathJax.tex2svgPromise(tex, {display});
    drawings.push(adaptor.outerHTML(node));
  }
  return {drawings, glyphs: adaptor.innerHTML(output.fontCache.getCache())};
}

async function main(folder) {
  const pages = JSON.parse(readFileSync(0, "utf8"));
  const MathJax = await require(`${folder}/node-main.js`).init({
    loader: {load: ["input/tex", "output/svg", "a11y/assistive-mml"]},
    svg: {fontCache: "global"},
  });
  const answer = {pages: {}};
  for (const [page, formulas] of Object.entries(pages)) {
    answer.pages[page] = await drawn(MathJax, formulas);
  }
  answer.sheet = MathJax.startup.adaptor.textContent(MathJax.svgStylesheet());
  process.stdout.write(JSON.stringify(answer));
}

main(process.argv[2]);
