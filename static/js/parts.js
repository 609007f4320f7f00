/* On a phone the form is a list of its parts: each says what it holds and is saved by itself. Open are the one asked for and
   those with something to put right or to look at; of a form nobody has written in, the first. On a wide screen, and
   without scripts, every part stands open. */
(function () {
  "use strict";

  const portal = window.portal;
  const form = portal.form;
  if (!form) return;

  const narrow = window.matchMedia("(max-width: 719px)");
  const parts = Array.from(form.querySelectorAll(".form-part"));
  const saved = parts.find(function (part) { return "#" + part.id === window.location.hash; });
  const current = document.createElement("input");
  current.type = "hidden";
  current.name = "phan";
  form.appendChild(current);

  function made(tag, className, words) {
    const one = document.createElement(tag);
    one.className = className;
    if (words) one.textContent = words;
    return one;
  }

  function faults(part) {
    return part.querySelectorAll(".form-fields .error").length;
  }

  function doubts(part) {
    return part.querySelectorAll(".form-fields .field-proposed, .form-fields .warning input:not(:checked)").length;
  }

  function asks(part) {
    return faults(part) > 0 || part.querySelector(".form-fields .field-proposed") !== null;
  }

  /* How many fields somebody has written in; lists inside a row only go with its words,
     and one without an empty choice says something before anybody does. */
  function written(part) {
    return Array.from(part.querySelectorAll(".form-fields input, .form-fields textarea, .form-fields select"))
      .filter(function (one) {
        if (one.type === "checkbox" || one.type === "radio") return one.checked;
        if (one.type === "hidden") return /-file$/.test(one.name) && one.value;
        if (one.tagName === "SELECT") return !one.closest(".form-row") && one.selectedIndex > 0 && !one.options[0].value;
        return one.type !== "file" && one.value.trim();
      }).length;
  }

  function words(part) {
    const count = written(part);
    const wrong = faults(part);
    const told = [part === saved ? "Đã lưu" : "", count ? "đã ghi " + count + " ô" : "chưa ghi"];
    if (wrong) told.unshift("Cần sửa " + wrong + " chỗ");
    else if (doubts(part)) told.push("xin xem lại " + doubts(part) + " ô");
    const line = told.filter(Boolean).join(" · ");
    return line[0].toUpperCase() + line.slice(1);
  }

  function tell() {
    parts.forEach(function (part) {
      const state = part.querySelector(".part-state");
      if (!state) return;
      state.textContent = words(part);
      state.classList.toggle("error", faults(part) > 0);
    });
  }

  function turn(part, open) {
    part.classList.toggle("part-closed", !open);
    const opener = part.querySelector(".part-open");
    if (opener) opener.setAttribute("aria-expanded", String(open));
  }

  function isOpen(part) {
    return !part.classList.contains("part-closed");
  }

  function open(part) {
    parts.forEach(function (one) { turn(one, one === part || (isOpen(one) && asks(one))); });
    current.value = part.id;
  }

  function toggle(part) {
    if (!isOpen(part)) open(part);
    else {
      turn(part, false);
      current.value = "";
    }
    tell();
    part.scrollIntoView({ block: "start" });
  }

  function fold(part) {
    const title = part.querySelector(".form-legend h2");
    const opener = made("button", "part-open", title.textContent);
    const fields = part.querySelector(".form-fields");
    const holds = fields.querySelector("input, textarea, select");
    fields.id = part.id + "-o";
    opener.type = "button";
    opener.setAttribute("aria-controls", fields.id);
    opener.addEventListener("click", function () { toggle(part); });
    title.replaceChildren(opener);
    if (holds) {
      const state = made("p", "part-state");
      state.id = part.id + "-tt";
      opener.setAttribute("aria-describedby", state.id);
      title.after(state);
      const save = made("p", "part-save");
      const button = made("button", "button button-primary", "Lưu phần này");
      button.name = "lam";
      button.value = "save";
      save.appendChild(button);
      part.appendChild(save);
    }
    turn(part, asks(part));
  }

  function unfold(part) {
    const title = part.querySelector(".form-legend h2");
    title.textContent = title.textContent;
    part.querySelectorAll(".part-state, .part-save").forEach(function (one) { one.remove(); });
    part.classList.remove("part-closed");
  }

  function fit() {
    current.value = "";
    form.classList.toggle("by-parts", narrow.matches);
    if (narrow.matches) {
      parts.forEach(fold);
      if ("new" in form.dataset && !("unsaved" in form.dataset) && !parts.some(isOpen)) open(parts[0]);
    } else parts.forEach(unfold);
    tell();
  }

  /* A place in a part that is closed is shown before it is gone to. */
  portal.show = function (place) {
    const part = place && place.closest(".form-part");
    if (part && narrow.matches && !isOpen(part)) open(part);
  };
  document.addEventListener("click", function (event) {
    const link = event.target.closest(".error-summary a, .questions a");
    if (link) portal.show(document.getElementById(link.hash.slice(1)));
  });

  fit();
  narrow.addEventListener("change", fit);
  form.addEventListener("change", tell);
  form.addEventListener("portal:changed", tell);
  if (saved) {
    const next = narrow.matches && parts[parts.indexOf(saved) + 1];
    saved.scrollIntoView({ block: "start" });
    if (next) next.querySelector(".part-open").focus({ preventScroll: true });
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }
})();
