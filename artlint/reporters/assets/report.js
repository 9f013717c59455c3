// Builds the report out of the JSON that the page holds. Text of articles becomes text nodes only.
"use strict";
const $ = id => document.getElementById(id);
const read = id => JSON.parse($(id).textContent);
const run = read("run");
const unsafe = new RegExp(run.unsafeCharacters, "gu");
const fixing = run.mode !== "check";
const TABS = ["changes", "findings", "ledger", "article"];
const CONTEXT = 3; // unchanged lines shown around a change
let visible = run.files.map((_, index) => index);

/* ---------- elements ---------- */

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter(child => child != null && child !== ""));
  return made;
}

// Characters that could hide or reorder text are shown by their code point.
function shown(text) {
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(unsafe)) {
    if (found[0] === "\n") continue;
    parts.push(text.slice(done, found.index));
    const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push(element("span", { class: "control", title: "invisible or control character" }, "U+" + code));
    done = found.index + found[0].length;
  }
  parts.push(text.slice(done));
  return parts;
}

// A message has its quoted parts between back quotes.
function message(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, shown(part)) : shown(part))).flat();
}

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/* ---------- where we are: the part after # ---------- */

function state() {
  const words = new URLSearchParams(location.hash.slice(1));
  return {
    file: words.has("file") ? Number(words.get("file")) : null,
    tab: TABS.includes(words.get("tab")) ? words.get("tab") : null,
    rule: words.get("rule") || "",
    path: words.get("path") || "",
  };
}

function hash(changes) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...state(), ...changes }))
    if (value !== null && value !== "") words.set(name, value);
  return "#" + words;
}

const go = changes => { location.hash = hash(changes); };

const settings = { unified: matchMedia("(max-width: 900px)").matches, blanks: false };
let isUnified = false; // as the settings say, and where there is nothing to put side by side

/* ---------- the list of files ---------- */

const matchesRule = (code, rule) => code === rule || (rule.endsWith("*") && run.rules[code]?.family + "*" === rule);

function fillRules() {
  const select = $("rule");
  select.append(element("option", { value: "" }, "All rules"));
  for (const [family, title] of Object.entries(run.families)) {
    const rules = Object.values(run.rules).filter(rule => rule.family === family);
    if (!rules.length) continue;
    const group = element("optgroup", { label: `${family} ${title}` });
    if (rules.length > 1) group.append(element("option", { value: family + "*" }, `${family}: all`));
    for (const rule of rules) group.append(element("option", { value: rule.code }, `${rule.code} ${rule.name}`));
    select.append(group);
  }
}

function fileItem(file, index) {
  const cut = file.path.lastIndexOf("/") + 1;
  const findings = file.rules.reduce((sum, rule) => sum + rule[1], 0);
  const fixes = file.rules.reduce((sum, rule) => sum + rule[2], 0);
  const open = event => { event.preventDefault(); go({ file: index }); }; // and keep the filter
  return element("li", {},
    element("a", { href: `#file=${index}`, title: file.path, onclick: open },
      element("span", { class: "name" }, element("span", { class: "folder" }, shown(file.path.slice(0, cut))),
        shown(file.path.slice(cut))),
      file.error && element("span", { class: "badge error" }, "error"),
      fixes ? element("span", { class: "badge fixed", title: count(fixes, "fix", "fixes") }, "✓ " + fixes) : null,
      findings ? element("span", { class: "badge", title: count(findings, "finding", "findings") }, findings) : null));
}

const items = run.files.map(fileItem);

function showFiles(now) {
  const wanted = now.path.toLowerCase();
  visible = [];
  run.files.forEach((file, index) => {
    const fits = file.path.toLowerCase().includes(wanted) && (!now.rule || file.rules.some(rule => matchesRule(rule[0], now.rule)));
    if (items[index].hidden === fits) items[index].hidden = !fits;
    if (fits) visible.push(index);
  });
  const all = count(run.files.length, "file", "files");
  $("shown").textContent = visible.length === run.files.length ? `${all} with findings or changes`
    : `${visible.length.toLocaleString("en")} of ${all}`;
  $("files").querySelector("[aria-current]")?.removeAttribute("aria-current");
  const link = items[now.file]?.firstChild;
  if (link) {
    link.setAttribute("aria-current", "page");
    link.scrollIntoView({ block: "nearest" });
  }
  if (document.activeElement !== $("path")) $("path").value = now.path;
  $("rule").value = now.rule;
}

/* ---------- overview ---------- */

function card(value, label, labelOfOne = label, isBad = false) {
  return element("div", { class: isBad ? "card bad" : "card" }, element("b", {}, value.toLocaleString("en")),
    element("span", {}, value === 1 ? labelOfOne : label));
}

function overview(now) {
  const all = run.totals;
  const cards = [card(all.files, "files read", "file read")];
  if (fixing) {
    cards.push(card(all.changed, run.mode === "fix" ? "changed" : "would change"), card(all.fixes, "fixes", "fix"),
      card(all.removed, "characters of text removed", "character of text removed"), card(all.findings, "findings left", "finding left"));
  } else {
    cards.push(card(all.findings, "findings", "finding"), card(all.files_with_findings, "files with findings", "file with findings"),
      card(all.safe, "can be fixed"), card(all.unsafe, "more with --unsafe-fixes"));
  }
  if (all.errors) cards.push(card(all.errors, "files with errors", "file with errors", true));
  return [element("h2", {}, !fixing ? "What was found" : run.mode === "fix" ? "What was fixed" : "What would be fixed"), element("div", { class: "cards" }, cards), families(now), ruleTable(now)];
}

const weight = rule => (fixing ? rule.fixes : rule.findings);

function families() { // a rule of a pack may belong to a family that its code does not show
  const rows = Object.entries(run.families).map(([family, title]) => {
    const rules = Object.values(run.rules).filter(rule => rule.family === family);
    const sum = name => rules.reduce((total, rule) => total + rule[name], 0);
    return { family, title, rules: rules.length, findings: sum("findings"), fixes: sum("fixes"), removed: sum("removed") };
  }).filter(row => row.rules);
  const most = Math.max(1, ...rows.map(weight));
  return [element("h3", {}, "By family"), table(["Family", "", fixing && "Fixed", fixing && "Characters removed", fixing ? "Left" : "Findings", ""],
    rows.map(row => [link(row.family, hash({ rule: row.family + "*", file: null })), row.title, fixing && row.fixes, fixing && row.removed, row.findings,
      bar(weight(row), most)]))];
}

function ruleTable(now) {
  const rules = Object.values(run.rules).filter(rule => !now.rule || matchesRule(rule.code, now.rule));
  rules.sort((a, b) => weight(b) - weight(a) || b.findings - a.findings || (a.code < b.code ? -1 : 1));
  const most = Math.max(1, ...rules.map(weight));
  return [element("h3", {}, "By rule"), table(["Rule", "", fixing && "Fixed", fixing && "Characters removed", fixing ? "Left" : "Findings", !fixing && "Fixable", "Files", ""],
    rules.map(rule => [link(rule.code, hash({ rule: rule.code, file: null })), described(rule), fixing && rule.fixes, fixing && rule.removed,
      rule.findings, !fixing && rule.safe, rule.files, bar(weight(rule), most)]))];
}

function described(rule) {
  if (!rule.summary) return rule.name;
  return element("details", { class: "why" }, element("summary", {}, message(rule.summary), " ", element("span", { class: "soft name" }, rule.name)),
    element("p", {}, message(rule.why)));
}

const link = (text, href) => element("a", { class: "code", href }, text);
const bar = (value, most) => Object.assign(element("div", { class: "bar", "aria-hidden": "true" }), { style: `width: ${(100 * value) / most}%` });

const number = value => (value ? value.toLocaleString("en") : element("span", { class: "soft" }, "–"));

function table(heads, rows) {
  const kept = heads.map((head, index) => (head === false ? -1 : index)).filter(index => index >= 0);
  const isNumber = index => rows.some(row => typeof row[index] === "number");
  const cell = (value, index) => value instanceof Node && value.classList?.contains("bar") ? element("td", { class: "bars" }, value)
    : element("td", { class: isNumber(index) ? "number" : null }, typeof value === "number" ? number(value) : value);
  return element("div", { class: "scroll" }, element("table", { class: "list" },
    element("thead", {}, element("tr", {}, kept.map(index => element("th", { scope: "col", class: isNumber(index) ? "number" : null }, heads[index])))),
    element("tbody", {}, rows.map(row => element("tr", {}, kept.map(index => cell(row[index], index)))))));
}

/* ---------- one file ---------- */

let opened = { index: null };
function details(index) {
  if (opened.index !== index) opened = { index, data: read("file" + index) };
  return opened.data;
}

function filePage(now) {
  const file = run.files[now.file], data = details(now.file);
  const numbers = { findings: data.findings.length + data.more, ledger: data.ledger?.length };
  const hasRows = Boolean(data.rows);
  const tabs = TABS.filter(tab => (tab !== "ledger" || fixing) && (hasRows || (tab !== "changes" && tab !== "article")));
  const tab = tabs.includes(now.tab) ? now.tab : tabs[0];
  const heads = tabs.map(name => element("button", {
    type: "button", role: "tab", id: "tab-" + name, "aria-selected": String(name === tab), "aria-controls": "panel",
    tabindex: name === tab ? 0 : -1, onclick: () => go({ tab: name }), onkeydown: event => arrows(event, tabs, name),
  }, name === "changes" && !fixing ? "Text" : name[0].toUpperCase() + name.slice(1), numbers[name] ? ` ${numbers[name]}` : ""));
  const panel = element("div", { role: "tabpanel", id: "panel", "aria-labelledby": "tab-" + tab }, PANELS[tab](data, now));
  return [element("h2", {}, shown(file.path)), file.error && element("p", { class: "trouble" }, message(file.error)),
    data.tooLarge && element("p", { class: "trouble" }, "The file is too large to be shown here."),
    element("div", { role: "tablist", "aria-label": "Parts of the report" }, heads), panel];
}

function arrows(event, tabs, name) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = tabs[(tabs.indexOf(name) + step + tabs.length) % tabs.length];
  focusNext = "tab-" + next;
  go({ tab: next });
}

const PANELS = { changes: changesPanel, findings: findingsPanel, ledger: ledgerPanel, article: articlePanel };

const chip = (code, severity) => element("a", {
  class: "code " + (severity || ""), href: hash({ rule: code, file: null }), title: run.rules[code] ? `${run.rules[code].name}: ${(run.rules[code].summary || "").replaceAll("`", "")}` : code,
}, code);

function findingsPanel(data) {
  const rows = data.findings.map(([line, column, code, severity, text, fix]) =>
    [`${line}:${column}`, chip(code, severity), element("span", {}, message(text)), fix ? element("span", {}, message(fix[0]), fix[1] === "safe" ? "" : element("span", { class: "soft" }, ` (${fix[1]})`)) : ""]);
  const done = (data.applied || []).map(([line, column, code, severity, text, fix]) =>
    [`${line}:${column}`, chip(code, severity), element("span", {}, message(text)), element("span", {}, message(fix ? fix[0] : ""))]);
  return [
    rows.length ? table(["Line", "Rule", fixing ? "Left for a person" : "Finding", "Fix"], rows) : element("p", { class: "soft" }, fixing ? "Nothing is left to report." : "No findings."),
    data.more ? element("p", { class: "soft" }, `and ${data.more.toLocaleString("en")} more`) : null,
    done.length ? [element("h3", {}, "Fixed"), table(["Line", "Rule", "Finding", "Fix"], done)] : null,
  ].flat();
}

function ledgerPanel(data) {
  if (!data.ledger.length) return element("p", { class: "soft" }, "No text, link, picture or value left the article.");
  return table(["Line", "What", "Rule", "Removed or replaced", "By"], data.ledger.map(([kind, removed, inserted, line, code, reason]) =>
    [String(line), kind, chip(code), element("div", { class: "ledger" }, removed ? element("del", {}, shown(removed)) : "", removed && inserted ? element("br") : "", inserted ? element("ins", {}, shown(inserted)) : ""),
      element("span", { class: "soft" }, message(reason))]));
}

/* ---------- differences ---------- */

const isChanged = row => row.length === 5;
const isBlank = row => isChanged(row) && !(row[2] || "").trim() && !(row[3] || "").trim();

function changesPanel(data, now) {
  const holder = element("div", { class: "scroll" });
  const hasChanges = data.rows.some(isChanged);
  const draw = () => {
    isUnified = settings.unified || !hasChanges;
    holder.replaceChildren(diff(data, now));
  };
  const radio = (label, unified) => element("label", {}, element("input", {
    type: "radio", name: "view", value: label, checked: settings.unified === unified, onchange: () => { settings.unified = unified; draw(); },
  }), label);
  const blanks = element("label", {}, element("input", {
    type: "checkbox", checked: settings.blanks, onchange: event => { settings.blanks = event.target.checked; draw(); },
  }), "blank lines");
  draw();
  if (!hasChanges) return [element("div", { class: "tools" }, fixing ? "Nothing was changed." : "No safe fixes."), holder];
  const note = !fixing ? "right: with the safe fixes of these findings" : data.isConverted ? "the body was converted, too; that is no rule's change" : null;
  return [element("div", { class: "tools" }, radio("side by side", false), radio("unified", true), blanks, note && element("span", {}, note)), holder];
}

function diff(data, now) {
  const notes = new Map(); // findings by the line they stand on: after a check of the text as it was
  for (const found of data.findings) notes.set(found[0], [...(notes.get(found[0]) || []), found]);
  const rows = data.rows.filter(row => settings.blanks || !isBlank(row));
  const side = fixing ? 1 : 0;
  const important = rows.map(row => isChanged(row) || notes.has(row[side]));
  const near = new Set();
  important.forEach((yes, index) => { if (yes) for (let i = index - CONTEXT; i <= index + CONTEXT; i++) near.add(i); });
  const body = element("tbody");
  for (let index = 0; index < rows.length; index++) {
    let end = index;
    while (end < rows.length && !near.has(end)) end++;
    if (end - index > 2) {
      const hidden = rows.slice(index, end);
      const gap = element("tr", { class: "skip" }, element("td", { colspan: isUnified ? 4 : 5 },
        element("button", { type: "button", onclick: () => gap.replaceWith(...hidden.flatMap(row => lines(row, now))) }, count(hidden.length, "unchanged line", "unchanged lines"))));
      body.append(gap);
      index = end - 1;
      continue;
    }
    body.append(...lines(rows[index], now));
    if (notes.has(rows[index][side]) && rows[index + 1]?.[side] !== rows[index][side]) // a line may be cut
      body.append(...notes.get(rows[index][side]).map(noteRow));
  }
  const columns = isUnified ? ["line", "line", "", "rule"] : ["line", "", "line", "", "rule"];
  return element("table", { class: "diff", "aria-label": "Differences" }, element("colgroup", {}, columns.map(name => element("col", { class: name }))), body);
}

function noteRow([line, column, code, severity, text, fix]) {
  return element("tr", { class: "finding" }, element("td", { class: "line" }, `:${column}`), element("td", { colspan: isUnified ? 2 : 3 }, message(text), fix ? element("span", { class: "soft" }, " · ", message(fix[0])) : ""),
    element("td", { class: "rule" }, chip(code, severity)));
}

const numberCell = number => element("td", { class: "line" }, number || "");
const rulesCell = codes => element("td", { class: "rule" }, (codes || []).map(code => [chip(code), " "]).flat());

function lines(row, now) {
  const [before, after, old] = row;
  if (!isChanged(row)) {
    const text = shown(old);
    if (isUnified) return [element("tr", {}, numberCell(before), numberCell(after), element("td", {}, text), rulesCell())];
    return [element("tr", {}, numberCell(before), element("td", {}, text), numberCell(after), element("td", {}, shown(old)), rulesCell())];
  }
  const [left, right] = marked(old, row[3]);
  const oldCell = old === null ? element("td", { class: "none" }) : element("td", { class: "old" }, left);
  const newCell = row[3] === null ? element("td", { class: "none" }) : element("td", { class: "new" }, right);
  const isHere = now.rule && row[4].some(code => matchesRule(code, now.rule));
  const attributes = { class: isHere ? "change here" : "change" };
  if (!isUnified) return [element("tr", attributes, numberCell(before), oldCell, numberCell(after), newCell, rulesCell(row[4]))];
  const made = [];
  if (old !== null) made.push(element("tr", attributes, numberCell(before), numberCell(), oldCell, rulesCell(row[4])));
  if (row[3] !== null) made.push(element("tr", old === null ? attributes : {}, numberCell(), numberCell(after), newCell, rulesCell(old === null ? row[4] : [])));
  return made;
}

// What differs inside of a line: tags, words and single Han characters are compared.
const TOKEN = /<[^<>]*>?|[[\p{L}\p{N}]--\p{sc=Han}]+|\s+|./gsv;
const MOST = 250000;
function marked(old, fresh) {
  if (old === null || fresh === null) return [shown(old || ""), shown(fresh || "")];
  const a = old.match(TOKEN) || [], b = fresh.match(TOKEN) || [];
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const n = a.length - start - end, m = b.length - start - end;
  const same = n * m <= MOST ? common(a.slice(start, start + n), b.slice(start, start + m)) : [];
  const render = (tokens, kept, tag, length) => {
    const parts = [], middle = tokens.slice(start, start + length);
    parts.push(...shown(tokens.slice(0, start).join("")));
    for (let i = 0; i < length;) {
      let j = i;
      const isKept = kept.has(i);
      while (j < length && kept.has(j) === isKept) j++;
      const text = shown(middle.slice(i, j).join(""));
      parts.push(...(isKept ? text : [element(tag, {}, text)]));
      i = j;
    }
    parts.push(...shown(tokens.slice(start + length).join("")));
    return parts;
  };
  return [render(a, new Set(same.map(pair => pair[0])), "del", n), render(b, new Set(same.map(pair => pair[1])), "ins", m)];
}

// The longest common subsequence, as pairs of indices.
function common(a, b) {
  const width = b.length + 1, best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] = a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;)
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
    else j++;
  return pairs;
}

/* ---------- the article in a frame ---------- */

function articlePanel(data) {
  const hasChanges = data.rows.some(isChanged);
  const frame = (label, html) => element("figure", {}, element("figcaption", {}, label),
    element("iframe", { sandbox: "", title: label, srcdoc: inert(html) }));
  const frames = [frame(hasChanges ? "Before" : "As it is", side(data, 0))];
  if (hasChanges) frames.push(frame(fixing ? "After" : "With the safe fixes of these findings", side(data, 1)));
  return [element("p", { class: "soft" }, "Links and scripts do not work here, and pictures are shown by their address."), element("div", { class: "frames" }, frames)];
}

function side(data, which) {
  const preview = which ? data.preview.after : data.preview.before;
  if (preview.html !== undefined) return preview.html;
  let text = "", last = preview.line;
  for (const row of data.rows) {
    const line = row[which], part = which && isChanged(row) ? row[3] : row[2];
    if (!line || line < preview.line) continue;
    text += (line === last ? "" : "\n") + part;
    last = line;
  }
  return text;
}

const FRAME_STYLE = `:root { color-scheme: SCHEME } body { font: 16px/1.7 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif; margin: 16px; overflow-wrap: anywhere }
  .artlint-picture { display: inline-block; border: 1px dashed gray; border-radius: 6px; padding: 4px 10px; font: 13px/1.5 system-ui, sans-serif; color: gray; max-width: 100% }
  .artlint-link { text-decoration: underline; text-underline-offset: 3px } table { border-collapse: collapse } td, th { border: 1px solid gray; padding: 2px 6px }`;

// The frame runs nothing (sandbox) and loads nothing (the page's policy holds in it, too). What could ask
// for something all the same, or lead somewhere, is taken out before. Parsing what was written may bring
// it back, so that is done until nothing is left to take out.
function inert(html) {
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const head = `<!doctype html><meta charset="utf-8"><style>${FRAME_STYLE.replace("SCHEME", scheme)}</style><body>`;
  const parser = new DOMParser();
  let parsed = parser.parseFromString(html, "text/html");
  for (let round = 0; round < 5; round++) {
    clean(parsed);
    const written = parsed.head.innerHTML + (parsed.body ? parsed.body.innerHTML : "");
    parsed = parser.parseFromString(written, "text/html");
    if (!parsed.querySelector(FORBIDDEN) && !addresses(parsed).length) return head + written;
  }
  const text = parsed.createElement("pre");
  text.textContent = html;
  return head + text.outerHTML;
}

const FORBIDDEN = "link, meta, base, script, iframe, frame, frameset, object, embed, portal, form, template, noscript, " +
  "img, picture, video, audio, image, source, input[type=image]";
const ADDRESS = /^(?:on.*|(?:xlink:)?href|src|srcset|srcdoc|background|ping|action|formaction|poster|data|autofocus)$/i;

const addresses = parsed => [...parsed.querySelectorAll("*")].flatMap(found =>
  [...found.attributes].filter(attribute => ADDRESS.test(attribute.name)).map(attribute => [found, attribute]));

function clean(parsed) {
  for (const found of parsed.querySelectorAll(FORBIDDEN)) {
    if (found.matches("form, noscript")) found.replaceWith(...found.childNodes);
    else if (found.matches("img, picture, video, audio, image, input")) found.replaceWith(placeholder(found, parsed));
    else found.remove();
  }
  for (const [found, attribute] of addresses(parsed)) {
    if (attribute.name === "href") found.classList.add("artlint-link");
    found.removeAttributeNode(attribute);
  }
}

function placeholder(found, parsed) {
  const address = found.getAttribute("src") || found.getAttribute("data-src") || found.getAttribute("href") || "";
  const box = parsed.createElement("span");
  box.className = "artlint-picture";
  box.textContent = `Picture ${[found.getAttribute("alt"), address.slice(0, 200)].filter(Boolean).join(" · ")}`.trim();
  return box;
}

/* ---------- moving about ---------- */

let focusNext = null;
function show() {
  const now = state();
  const isFile = now.file !== null && run.files[now.file];
  showFiles(now);
  $("main").replaceChildren(...(isFile ? filePage(now) : overview(now)).flat(2).filter(Boolean));
  $("main").scrollTop = 0;
  document.title = (isFile ? run.files[now.file].path + " · " : "") + "artlint report";
  if (focusNext) $(focusNext)?.focus();
  focusNext = null;
}

function step(by) {
  if (!visible.length) return;
  const place = visible.indexOf(state().file);
  const next = place < 0 ? (by > 0 ? 0 : visible.length - 1) : place + by;
  if (next >= 0 && next < visible.length) go({ file: visible[next] });
}

function nextChange(by) {
  const all = [...document.querySelectorAll("tr.change")];
  const first = all.filter((row, index) => row.previousElementSibling !== all[index - 1] || index === 0);
  const top = $("main").getBoundingClientRect().top + 60;
  const tops = first.map(row => row.getBoundingClientRect().top - top);
  const found = by > 0 ? tops.findIndex(place => place > 5) : tops.findLastIndex(place => place < -5);
  if (found >= 0) $("main").scrollBy(0, tops[found]);
}

const KEYS = {
  "/": () => $("path").focus(),
  r: () => $("rule").focus(),
  j: () => step(1),
  k: () => step(-1),
  n: () => nextChange(1),
  p: () => nextChange(-1),
  o: () => go({ file: null }),
  u: () => $("panel")?.querySelector(`[value="${settings.unified ? "side by side" : "unified"}"]`)?.click(),
  "?": () => $("help").showModal(),
  Escape: () => go({ rule: "", path: "" }),
  ...Object.fromEntries(TABS.map((tab, index) => [String(index + 1), () => state().file !== null && go({ tab })])),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const isTyping = event.target.matches("input[type=search], select");
  if (isTyping && event.key !== "Escape") return;
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  if (isTyping) { $("path").value = ""; event.target.blur(); }
  KEYS[event.key]();
});
$("path").addEventListener("input", () => { history.replaceState(null, "", hash({ path: $("path").value })); showFiles(state()); });
$("rule").addEventListener("change", () => go({ rule: $("rule").value }));
$("filter").addEventListener("submit", event => { event.preventDefault(); if (visible.length) go({ file: visible[0] }); });
$("keys").addEventListener("click", () => $("help").showModal());
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.style.colorScheme ? root.style.colorScheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.style.colorScheme = isDark ? "light" : "dark";
  show();
});
addEventListener("hashchange", show);
$("mode").textContent = `${run.mode} · ${run.version}`;
fillRules();
$("files").append(...items);
show();
