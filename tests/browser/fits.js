/* Copyright: (c) 2026, the alianza.sip_trunking authors
 * GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* Which texts of a page cannot be read because they are wider than the window and nothing around them scrolls: a list of sentences. */
(() => {
  const faults = [];
  const scrolls = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.querySelector("[role=main]"), NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    texts += 1;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const right = Math.max(...[...range.getClientRects()].map((each) => each.right));
    if (right > innerWidth + 1 && !scrolls(element)) {
      faults.push(`${element.tagName} ends at ${Math.round(right)}: ${walker.currentNode.data.trim().slice(0, 60)}`);
    }
  }
  if (texts < 5) faults.push("hardly any text was found");
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) faults.push(`the page is ${width} wide, the window ${innerWidth}`);
  for (const image of document.querySelectorAll("[role=main] img")) {
    if (!image.naturalWidth) faults.push(`a picture is missing: ${image.getAttribute("src")}`);
  }
  return faults;
})()
