"use strict";
(() => {
  const form = document.querySelector("form"), rows = [...document.querySelectorAll("[data-status]")];
  const value = id => document.getElementById(id).value.trim();
  const counted = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
  const fields = ["text", "status", "rule", "tag"];
  const remember = () => {
    const query = new URLSearchParams(fields.filter(value).map(id => [id, value(id)])).toString();
    const url = location.pathname + (query && `?${query}`) + location.hash;
    try { history.replaceState(null, "", url); } catch { /* some browsers leave the address of a file alone */ }
  };
  const filter = () => {
    const text = value("text").toLowerCase(), status = value("status"), rule = value("rule").toUpperCase(), tag = value("tag");
    const shown = {r: 0, a: 0, s: 0};
    for (const row of rows) {
      const seen = (!status || row.dataset.status.split(" ").includes(status)) && (!rule || row.dataset.rules.split(" ").includes(rule))
        && (!tag || row.dataset.tags.split("\n").includes(tag)) && (!text || row.textContent.toLowerCase().includes(text));
      row.hidden = !seen;
      if (seen) shown[row.id[0]]++;
    }
    for (const none of document.querySelectorAll(".none")) {
      const section = none.closest("section"), empty = ![...section.querySelectorAll("[data-status]")].some(row => !row.hidden);
      none.hidden = !empty;
      for (const table of section.querySelectorAll("table")) table.hidden = empty;
    }
    remember();
    const assumptions = document.getElementById("assumptions") ? `${counted(shown.a, "assumption")}, ` : "";
    document.getElementById("found").textContent = `${counted(shown.r, "rule")}, ${assumptions}${counted(shown.s, "scenario")} shown`;
  };
  const open = () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = at && at.closest("[data-status]");
    if (!row) return;
    row.hidden = false;
    for (const each of row.querySelectorAll(":scope > details")) each.open = true;
    at.scrollIntoView();
  };
  for (const [id, text] of new URLSearchParams(location.search))
    if (fields.includes(id)) document.getElementById(id).value = text;
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", open);
  filter(); open();
})();
