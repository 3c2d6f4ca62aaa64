// What stands in the way of people who read the page with a screen reader, a keyboard, or little sight: a list of
// "rule: element". The rules are those that axe-core counts as critical or serious, as far as the page has what they are
// about, and that of headings and landmarks; their names are axe's.
(() => {
  const found = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const check = (rule, elements, holds) => {
    for (const element of elements) if (!holds(element)) found.push(`${rule}: ${name(element)}`);
  };
  const text = (element) => element.textContent.trim();
  const seen = (element) => element.checkVisibility({checkVisibilityCSS: true});
  const labelled = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    return (element.getAttribute("aria-label") || ids.map((id) => text(document.getElementById(id) || document.head)).join(" ")).trim();
  };
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";

  check("html-has-lang", [document.documentElement], (html) => /^(en|zh-Hans)$/.test(html.lang));
  check("document-title", [document.documentElement], () => document.title.trim() !== "");
  check("meta-viewport", all("meta[name=viewport]"), (meta) => !/user-scalable|maximum-scale/.test(meta.content));
  check("meta-refresh", all("meta[http-equiv=refresh]"), () => false);
  const ids = all("[id]").map((element) => element.id);
  check("duplicate-id", [document.body], () => new Set(ids).size === ids.length);

  check("image-alt", all("img"), (image) => image.getAttribute("alt") !== null);
  check("svg-img-alt", all("svg"), (svg) => svg.closest("[aria-hidden=true]") || (svg.hasAttribute("role") && labelled(svg)));
  check("button-name", all("button"), (button) => labelled(button) || text(button));
  check("link-name", all("a[href]"), (link) => labelled(link) || text(link));
  check("summary-name", all("summary"), (summary) => labelled(summary) || text(summary));
  check("label", all("input"), (input) => labelled(input) || input.labels.length > 0);
  check("select-name", all("select"), (select) => labelled(select) || (select.labels.length > 0 && text(select.labels[0])));

  check("list", all("ul, ol"), (list) => [...list.children].every((child) => child.tagName === "LI"));
  check("listitem", all("li"), (item) => /^(UL|OL)$/.test(item.parentElement.tagName));
  check("definition-list", all("dl"), (list) => [...list.children].every((child) => /^D[TD]$/.test(child.tagName)) &&
    list.firstElementChild && list.firstElementChild.tagName === "DT");
  check("dlitem", all("dt, dd"), (item) => item.parentElement.tagName === "DL");

  check("scope-attr-valid", all("th"), (th) => /^(col|row|colgroup|rowgroup)$/.test(th.scope));
  check("empty-table-header", all("th"), text);
  check("th-has-data-cells", all("table"), (table) => table.tHead && all("th[scope=col]", table.tHead).length > 0);
  check("table-name", all("table"), (table) => table.caption && text(table.caption));
  check("table-shape", all("table.list tr"), (row) => row.cells.length === row.closest("table").tHead.rows[0].cells.length);

  const roles = ["note", "region", "group", "img"];
  check("aria-roles", all("[role]"), (element) => roles.includes(element.getAttribute("role")));
  check("aria-valid-attr-value", all("[aria-sort]"), (element) => element.tagName === "TH" &&
    /^(ascending|descending|none)$/.test(element.getAttribute("aria-sort")));
  check("aria-valid-attr-value", all("[aria-labelledby], [aria-describedby]"), (element) =>
    `${element.getAttribute("aria-labelledby") || ""} ${element.getAttribute("aria-describedby") || ""}`.split(/\s+/)
      .filter(Boolean).every((id) => document.getElementById(id)));
  check("aria-hidden-focus", all("[aria-hidden=true]"), (element) => !element.matches(focusable) && all(focusable, element).length === 0);
  check("nested-interactive", all("a, button, summary, select, [role=img]"), (element) => all(focusable, element).length === 0);
  check("tabindex", all("[tabindex]"), (element) => Number(element.getAttribute("tabindex")) <= 0);
  check("scrollable-region-focusable", all("body *"), (element) => {
    const style = getComputedStyle(element);
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY) &&
      (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    return !scrolls || element.matches(focusable) || all(focusable, element).length > 0;
  });

  check("landmark-one-main", [document.body], () => all("main").length === 1);
  check("page-has-heading-one", [document.body], () => all("h1").length === 1);
  const levels = all("h1, h2, h3, h4, h5, h6");
  check("heading-order", levels, (heading) => {
    const before = levels[levels.indexOf(heading) - 1];
    return Number(heading.tagName[1]) <= (before ? Number(before.tagName[1]) : 0) + 1;
  });
  check("empty-heading", levels, text);
  check("region", [...document.body.children], (child) => /^(HEADER|NAV|MAIN|FOOTER|SCRIPT)$/.test(child.tagName));
  check("landmark-unique", all("[role=region], nav"), (one) =>
    all("[role=region], nav").filter((other) => labelled(other) === labelled(one) && labelled(one)).length === 1);
  check("link-in-text-block", all("p a, td a, th a, dd a"), (link) => getComputedStyle(link).textDecorationLine.includes("underline"));

  // Contrast (WCAG 2.2, 1.4.3): of each text on the ground that is painted below it.
  const colour = (css) => {
    const parts = css.match(/[\d.]+/g).map(Number);
    return {rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1};
  };
  const over = (top, below) => top.rgb.map((part, i) => part * top.alpha + below[i] * (1 - top.alpha));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      if (at instanceof SVGElement && at !== element) {
        const rect = all(":scope > rect", at).find((one) => at.matches(".band") && one);
        if (rect) layers.push(colour(getComputedStyle(rect).fill));
      }
      if (!(at instanceof SVGElement)) layers.push(colour(getComputedStyle(at).backgroundColor));
    }
    layers.push({rgb: getComputedStyle(document.documentElement).colorScheme === "light" ? [255, 255, 255] : colour(getComputedStyle(document.body).backgroundColor).rgb, alpha: 1});
    let rgb = layers.pop().rgb;
    while (layers.length > 0) rgb = over(layers.pop(), rgb);
    return rgb;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const checked = new Map();  // texts of one look need one look
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || element.closest("script, title, desc, option, .unseen") || !seen(element)) continue;
    const style = getComputedStyle(element), below = ground(element);
    const ink = over(colour(element instanceof SVGElement ? style.fill : style.color), below);
    const [low, high] = [light(ink), light(below)].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const needed = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
    const contrast = (high + 0.05) / (low + 0.05);
    const look = `${element.tagName} ${ink} ${below} ${needed}`;
    if (contrast >= needed || checked.has(look)) continue;
    checked.set(look, true);
    found.push(`color-contrast: ${contrast.toFixed(2)} ${name(element)}`);
  }
  return found;
})()
