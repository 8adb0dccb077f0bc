/* Copyright: (c) 2026, the alianza.sip_trunking authors
 * GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
 * SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page can do beyond what it does without a script: find accounts by text, copy commands, show the reader's own time. */
"use strict";
(() => {
  const find = document.getElementById("find");
  const section = (row) => {
    const link = row.querySelector("th a");
    return link && document.getElementById(link.hash.slice(1));
  };
  let rows = null;
  const prepare = () => [...document.querySelectorAll(".accounts tbody tr")].map((row) => {
    const details = section(row);
    return {row, details, text: (row.textContent + " " + (details ? details.textContent : "")).toLowerCase()};
  });
  const filter = () => {
    rows = rows || prepare();
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const view = document.querySelector(".view:target");
    let found = 0;
    for (const {row, details, text} of rows) {
      const shown = words.every((word) => text.includes(word));
      row.hidden = !shown;
      if (details) details.hidden = !shown;
      if (shown && (!view || row.classList.contains(view.id))) found += 1;
    }
    find.parentElement.querySelector("output").textContent = words.length ? `${found} found` : "";
  };
  if (find) {
    find.parentElement.hidden = false;
    let timer;
    find.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
    addEventListener("hashchange", () => { if (find.value) filter(); });
    if (find.value) filter();
  }
  if (navigator.clipboard) {
    for (const command of document.querySelectorAll(".command")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy: ${command.textContent}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      });
      command.after(button);
    }
  }
  const time = document.querySelector("header time");
  const at = time && new Date(time.dateTime);
  if (at && !isNaN(at) && at.getTimezoneOffset()) {
    time.after(`, here ${at.toLocaleString([], {dateStyle: "medium", timeStyle: "short"})}`);
  }
})();
