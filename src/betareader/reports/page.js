"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const story = document.getElementById("story");
  const tip = document.getElementById("tip");
  const where = document.getElementById("where");
  const marks = [...story.querySelectorAll(".e, .q[id]")];
  const silent = document.getElementById("k-silent");
  const isOn = (id) => document.getElementById(id)?.checked ?? true;
  let seen = [];

  const kindOf = (mark) => [...mark.classList].find((name) => name.startsWith("k-"));
  const list = () => {
    const kinds = new Map();
    seen = marks.filter((mark) => {
      const kind = kindOf(mark);
      if (!kind) return true;
      if (!kinds.has(kind)) kinds.set(kind, isOn(kind));
      const shown = isOn("v-marked") && kinds.get(kind) && (!mark.classList.contains("silent") || silent?.checked);
      if (mark.tabIndex !== (shown ? 0 : -1)) mark.tabIndex = shown ? 0 : -1;
      return shown;
    });
    say(-1);
  };
  const say = (place) => {
    where.textContent = place < 0 ? `${seen.length.toLocaleString("en")}` : `${place + 1} of ${seen.length}`;
  };
  const step = (by) => {
    if (!seen.length) return;
    let place = seen.indexOf(document.activeElement);
    if (place < 0) {
      const section = [...story.children].find((each) => each.getBoundingClientRect().bottom > 90);
      const before = Node.DOCUMENT_POSITION_PRECEDING;
      const below = section ? seen.findIndex((mark) => !(section.compareDocumentPosition(mark) & before) && mark.getBoundingClientRect().top > 90) : -1;
      const first = below < 0 ? seen.length : below;
      place = by > 0 ? first % seen.length : first - 1;
    } else place += by;
    const mark = seen[(place + seen.length) % seen.length];
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  };
  const hide = () => { tip.hidden = true; };
  const show = (mark) => {
    const why = mark.getAttribute("aria-description");
    const hushed = mark.classList.contains("e") && mark.tabIndex < 0;
    if (!why || hushed) return hide();
    const cut = why.indexOf(": ");
    const kind = document.createElement("b");
    kind.textContent = why.slice(0, cut);
    tip.replaceChildren(kind, why.slice(cut + 2));
    tip.hidden = false;
    const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const left = Math.min(Math.max(box.left, 12), root.clientWidth - own.width - 12);
    const above = box.top - own.height - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 60 ? above : box.bottom + 8}px`;
  };
  const markOf = (node) => node.closest?.(".e, .q");
  story.addEventListener("mouseover", (event) => { const mark = markOf(event.target); if (mark) show(mark); else hide(); });
  story.addEventListener("mouseleave", hide);
  story.addEventListener("focusin", (event) => {
    const mark = markOf(event.target);
    if (!mark) return;
    say(seen.indexOf(mark));
    requestAnimationFrame(() => show(mark));
  });
  story.addEventListener("focusout", hide);
  addEventListener("scroll", () => { const mark = markOf(document.activeElement); if (mark && !tip.hidden) show(mark); }, { passive: true });
  addEventListener("change", list);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else if (event.key === "Escape") hide();
  });
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("before").addEventListener("click", () => step(-1));
  document.querySelector(".walk").hidden = false;
  list();
})();
