// Search of the site: pages whose title has all words come first, then sections, then
// texts; the reference, which has a section for every name, comes last. Only what is
// found nowhere is looked for as Fuse does, with letters wrong.
(() => {
  "use strict";
  const root = document.currentScript.src.replace(/search\.js$/, "");
  let Fuzzy = null;  // loaded with the first search: most readers do not
  const load = () => {
    const script = document.createElement("script");
    const own = window.Fuse;
    script.src = `${root}fuse/fuse.min.js`;
    script.onload = () => { [Fuzzy, window.Fuse] = [window.Fuse, own]; };
    document.head.append(script);
  };
  const late = (entry) => entry.href.startsWith("use/10_reference") ? 1 : 0;
  const holds = (text, words) => words.every((word) => text.includes(word));
  const place = (entry, words) => {
    const [title, section] = [entry.title.toLowerCase(), entry.section.toLowerCase()];
    if (!section && holds(title, words)) return 0;
    if (section && holds(section, words)) return section === words.join(" ") ? 1 : 2;
    if (holds(`${title} ${section}`, words)) return 3;
    return holds(`${title} ${section} ${entry.text.toLowerCase()}`, words) ? 4 : -1;
  };
  window.Fuse = class {
    constructor(index, options) {
      this.index = index;
      this.fuzzy = (query) => Fuzzy ? new Fuzzy(index, options).search(query) : [];
      load();
    }
    search(query, { limit }) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const placed = this.index.map((item) => ({ item, at: place(item, words) }));
      const found = placed.filter((entry) => entry.at >= 0);
      const near = () => this.fuzzy(query).map(({ item }) => ({ item, at: 0 }));
      const hits = found.length ? found : near();
      const length = (entry) => entry.item.title.length;
      hits.sort((a, b) => {
        const order = late(a.item) - late(b.item) || a.at - b.at;
        return order || length(a) - length(b);
      });
      return hits.slice(0, limit);
    }
  };
})();
