
"use strict";
// Tables that can be sorted and filtered. Without this script they are all there, without the controls.
(() => {
  const words = document.querySelector("main").dataset;
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // Numbers and instants by what a program reads of them, all else as people write it.
  const collator = new Intl.Collator(document.documentElement.lang, {numeric: true});
  const keyOf = (cell) => {
    if (!cell) return "";
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    const text = cell.textContent.trim();
    return cell.classList.contains("number") && text !== "" ? Number(text) : text;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return collator.compare(a, b);
  };

  const sortable = (table, rows) => {
    const headings = [...table.tHead.rows[0].cells];
    const sort = (column, direction) => {
      let order = rows;
      if (direction !== "none") {
        const sign = direction === "ascending" ? 1 : -1;
        const keyed = rows.map((row) => ({row, key: keyOf(row.cells[column])}));
        // Array.prototype.sort is stable; what is not known stays at the end either way.
        keyed.sort((a, b) => (a.key === "") - (b.key === "") || sign * compare(a.key, b.key));
        order = keyed.map(({row}) => row);
      }
      table.tBodies[0].append(...order);
    };
    headings.forEach((heading, column) => {
      const button = make("button", {type: "button"}, ...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const next = {ascending: "descending", descending: "none"}[heading.getAttribute("aria-sort")] || "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        if (next !== "none") heading.setAttribute("aria-sort", next);
        sort(column, next);
      });
    });
  };

  // Columns of badges with a handful of different ones can be chosen from.
  const choicesOf = (rows, column) => {
    const labels = new Set();
    for (const row of rows) {
      const cell = row.cells[column];
      const badge = cell && cell.querySelector(".badge");
      if (badge) labels.add(cell.textContent.trim());
      else if (cell && cell.textContent.trim() !== "") return [];
    }
    return labels.size > 1 && labels.size <= 20 ? [...labels].sort(collator.compare) : [];
  };

  const filterable = (table, rows) => {
    const name = table.caption.textContent;
    const search = make("input", {type: "search", autocomplete: "off", spellcheck: false});
    search.setAttribute("aria-label", `${words.filter}: ${name}`);
    search.placeholder = words.filter;
    const count = make("output");
    const bar = make("div", {className: "controls"}, search);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `${words.filter}: ${name}`);
    const selects = [];
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const choices = choicesOf(rows, column);
      if (choices.length === 0) return;
      const select = make("select", {}, new Option(words.all, ""), ...choices.map((label) => new Option(label, label)));
      selects.push({column, select});
      bar.append(make("label", {}, `${heading.textContent.trim()} `, select));
      select.addEventListener("change", () => apply());
    });
    bar.append(count);
    const texts = new Map();
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase());
      return texts.get(row);
    };
    const apply = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const keep = wanted.every((word) => textOf(row).includes(word)) &&
          selects.every(({column, select}) => select.value === "" || row.cells[column].textContent.trim() === select.value);
        row.hidden = !keep;
        shown += keep;
      }
      count.value = words.shown.replaceAll("{0}", shown).replaceAll("{1}", rows.length);
    };
    search.addEventListener("input", () => apply());
    // A row that somebody is led to is shown.
    window.addEventListener("hashchange", () => {
      const row = document.getElementById(location.hash.slice(1));
      if (!row || !row.hidden || !table.contains(row)) return;
      search.value = "";
      for (const {select} of selects) select.value = "";
      apply();
      row.scrollIntoView();
    });
    table.parentElement.before(bar);
    apply();
  };

  for (const table of document.querySelectorAll("table.list")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 1) sortable(table, rows);
    if (rows.length > 8) filterable(table, rows);
  }
})();
