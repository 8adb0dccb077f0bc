/* Copyright: (c) 2026, the alianza.sip_trunking authors
 * GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a page for those who do not see it well, or not at all: a list of sentences. */
(() => {
  const faults = [];
  const channel = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return {red, green, blue, alpha};
  };
  const luminance = ({red, green, blue}) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (each.tagName === "g" && each.querySelector(":scope > rect")) {
        return parse(getComputedStyle(each.querySelector(":scope > rect")).fill);
      }
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.alpha === 1) return colour;
    }
    return {red: 255, green: 255, blue: 255};
  };
  const seen = (element) => element.checkVisibility() && !element.closest(".dim:not(.failed)");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Map();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, title, desc") || !seen(element)) continue;
    const style = getComputedStyle(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    if (parse(ink).alpha === 0) continue;
    const key = `${ink} on ${JSON.stringify(behind(element))}`;
    if (done.has(key)) continue;
    done.set(key, true);
    const ratio = contrast(parse(ink), behind(element));
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)} of "${walker.currentNode.data.trim()}": ${key}`);
  }
  if (done.size < 5) faults.push("hardly any text was found");
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`the ID ${id} is there twice`);
  for (const attribute of ["aria-labelledby", "for"]) {
    for (const each of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of each.getAttribute(attribute).split(" ")) if (!ids.includes(id)) faults.push(`${attribute} names ${id}, which is not there`);
    }
  }
  for (const link of document.querySelectorAll("a")) {
    if (!link.textContent.trim()) faults.push("a link has no text");
    if (!ids.includes(link.hash.slice(1))) faults.push(`a link goes to ${link.hash}, which is not there`);
  }
  for (const input of document.querySelectorAll("input")) if (!input.labels.length) faults.push("an input has no label");
  for (const button of document.querySelectorAll("button")) if (!button.textContent.trim()) faults.push("a button has no text");
  for (const image of document.querySelectorAll("svg")) {
    if (image.getAttribute("role") !== "img" || !image.getAttribute("aria-labelledby")) faults.push("a picture has no name");
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th[scope=col]") || !table.querySelector("th[scope=row]")) faults.push("a table has no headings");
    for (const cell of table.querySelectorAll("th")) if (!cell.textContent.trim()) faults.push("a heading of a table is empty");
  }
  for (const name of ["main", "body > header", "body > footer", "h1"]) {
    const count = document.querySelectorAll(name).length;
    if (count !== 1) faults.push(`${name} is there ${count} times`);
  }
  for (const each of document.querySelectorAll("nav, section")) {
    if (!each.getAttribute("aria-label") && !each.getAttribute("aria-labelledby")) faults.push(`a ${each.tagName} has no name`);
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push(`"${heading.textContent}" is an h${next} after an h${level}`);
    level = next;
  }
  for (const each of document.body.children) {
    if (!["HEADER", "MAIN", "FOOTER", "SCRIPT"].includes(each.tagName)) faults.push(`${each.tagName} is outside of the landmarks`);
  }
  if (!document.documentElement.lang || !document.title) faults.push("the page has no language or no title");
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${innerWidth}`);
  return faults;
})()
