/* Suggestions below a field that names something in a register: a combobox. They take nothing over: what is typed stays
   as typed until one is chosen, with the arrow keys and Enter, or by pressing it. */
(function () {
  "use strict";

  const SUGGEST_AFTER = 250;
  const portal = window.portal;
  let asking = 0;
  let typing;
  let awaited = null; // the input whose suggestions are on their way
  let open = null; // the list shown: its input, its element, the options found, which one is marked
  let entered = null; // the input that a press has just given the focus

  function close() {
    asking += 1; // an answer still on its way opens nothing
    clearTimeout(typing);
    awaited = null;
    if (!open) return;
    open.list.remove();
    open.input.setAttribute("aria-expanded", "false");
    open.input.removeAttribute("aria-controls");
    open.input.removeAttribute("aria-activedescendant");
    open = null;
  }

  function choose(index) {
    const input = open.input;
    const one = open.found[index];
    forget(input);
    input.value = one.name;
    code(input).value = one.code;
    portal.echo(input, one.name);
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  }

  function code(input) {
    return input.closest(".pick").querySelector("input[type=hidden]");
  }

  /* What was chosen before is no longer meant, and the field says so; what was asked of other words is not asked. */
  function forget(input) {
    const box = input.closest(".field") || input.closest(".pick");
    if (code(input).value) portal.echo(input, "Đã sửa: chưa chọn lại trong danh mục.", true);
    code(input).value = "";
    document.getElementsByName(input.name + "-doan").forEach(function (guess) { guess.remove(); });
    box.classList.remove("field-warn");
    box.querySelectorAll(".choices, .warning").forEach(function (one) { one.remove(); });
  }

  function mark(index) {
    const items = open.list.children;
    if (items[open.at]) items[open.at].setAttribute("aria-selected", "false");
    open.at = (index + items.length) % items.length;
    items[open.at].setAttribute("aria-selected", "true");
    items[open.at].scrollIntoView({ block: "nearest" });
    open.input.setAttribute("aria-activedescendant", items[open.at].id);
  }

  function show(input, found) {
    close();
    if (!found.length) return;
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = "goi-y";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Gợi ý");
    found.forEach(function (one, index) {
      const item = document.createElement("li");
      item.id = "goi-y-" + index;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = one.name;
      if (one.line) {
        const line = document.createElement("span");
        line.className = "meta";
        line.textContent = " " + one.line;
        item.appendChild(line);
      }
      item.addEventListener("mousedown", function (event) { event.preventDefault(); });
      item.addEventListener("click", function () { choose(index); });
      list.appendChild(item);
    });
    input.closest(".pick").appendChild(list);
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", list.id);
    open = { input: input, list: list, found: found, at: -1 };
    // Above the bar, and the field last: what is typed is always seen. At once: gliding, the second would stop the first.
    list.scrollIntoView({ block: "nearest", behavior: "instant" });
    input.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function ask(input) {
    const text = input.value;
    clearTimeout(typing);
    const mine = ++asking;
    if (text.trim().length < 2) return close();
    awaited = input;
    const fields = portal.form ? portal.form.elements : {};
    const query = new URLSearchParams({ q: text });
    if (fields.dated) query.set("ngay", fields.dated.value);
    if (fields.ma) query.set("ma", fields.ma.value);
    fetch("/lam-viec/goi-y/" + input.closest(".pick").dataset.register + "/?" + query, {
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
    }).then(function (answer) {
      return answer.ok ? answer.json() : { found: [] };
    }).then(function (answer) {
      if (mine !== asking) return;
      awaited = null;
      if (document.activeElement === input) show(input, answer.found);
    }).catch(function () {
      if (mine === asking) awaited = null;
    });
  }

  function pickInput(target) {
    return target.type === "text" && target.closest(".pick") ? target : null;
  }

  document.addEventListener("focusin", function (event) {
    if ((open && event.target !== open.input) || (awaited && event.target !== awaited)) close();
    const input = pickInput(event.target);
    if (input && code(input).value) {
      input.select(); // a chosen name is replaced whole, never typed into by chance
      entered = input;
    }
    if (!input || input.getAttribute("role")) return;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
  });

  /* The press that gave the focus also puts the caret somewhere; a second press may, the first may not. */
  document.addEventListener("mouseup", function (event) {
    if (entered && entered === event.target && entered.selectionStart === entered.selectionEnd) entered.select();
    entered = null;
  });

  document.addEventListener("input", function (event) {
    const input = pickInput(event.target);
    if (!input) return;
    forget(input);
    clearTimeout(typing);
    typing = setTimeout(function () { ask(input); }, SUGGEST_AFTER);
  });

  document.addEventListener("keydown", function (event) {
    const input = pickInput(event.target);
    if (!input || event.isComposing) return;
    const shown = open && open.input === input;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (shown || awaited === input)) {
      event.preventDefault(); // Enter belongs to the list, also to one still on its way; the form is not sent
      if (shown) choose(Math.max(open.at, 0));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) ask(input);
      else mark(event.key === "ArrowDown" ? open.at + 1 : Math.max(open.at, 0) - 1);
    }
  });

  document.addEventListener("click", function (event) {
    if (open && !event.target.closest(".pick")) close();
  });
})();
