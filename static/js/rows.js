/* Rows added, moved and taken out on the page itself, from the empty row the server drew: no answer is waited for, so no
   press and nothing typed meanwhile is lost. Without scripts the same buttons post the form and the server does it. */
(function () {
  "use strict";

  const portal = window.portal;
  const form = portal.form;
  if (!form) return;

  const NAMING = ["name", "id", "for", "aria-describedby", "aria-labelledby", "aria-controls"];
  const WRITTEN = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea, input[name$='-file']";

  const MOST_SIDES = 30;

  function rowsOf(set) {
    return Array.from(set.children).filter(function (one) { return one.classList.contains("form-row"); });
  }

  function setOf(prefix) {
    return document.getElementById("rows-" + prefix);
  }

  function rename(row, prefix, place) {
    const old = new RegExp("(^|[ _])" + prefix + "-[^- ]+-", "g");
    row.querySelectorAll("*").forEach(function (one) {
      NAMING.forEach(function (naming) {
        const said = one.getAttribute(naming);
        const now = said && said.replace(old, "$1" + prefix + "-" + place + "-");
        if (now !== said) one.setAttribute(naming, now);
      });
    });
  }

  /* Names, numbers and words follow the order the rows stand in. */
  function renumber(set) {
    const prefix = set.dataset.rows;
    const rows = rowsOf(set);
    // First out of each other's way: two rows of one name would share their radio buttons.
    rows.forEach(function (row, place) { rename(row, prefix, "x" + place); });
    rows.forEach(function (row, place) {
      rename(row, prefix, place);
      row.setAttribute("aria-label", row.dataset.called + " " + (place + 1));
      row.querySelectorAll("[data-number]").forEach(function (one) { one.textContent = place + 1; });
      row.querySelectorAll("button[name=lam]").forEach(function (button) {
        const verb = button.value.split(":")[1];
        button.value = prefix + ":" + verb + ":" + place;
        button.hidden = (verb === "up" && place === 0) || (verb === "down" && place === rows.length - 1);
      });
    });
    form.elements[prefix + "-TOTAL_FORMS"].value = String(rows.length);
    offerSides();
    portal.changed();
  }

  /* The sides in use and one more are offered, as the server offers them. */
  function offerSides() {
    const lists = Array.from(form.querySelectorAll("select[name$='-side']"));
    const used = Math.max.apply(null, lists.map(function (one) { return Number(one.value); }));
    lists.forEach(function (one) {
      for (let side = one.options.length + 1; side <= Math.min(used + 1, MOST_SIDES); side += 1) {
        one.add(new Option("Bên " + side, side));
      }
    });
  }

  function add(prefix, before) {
    const set = setOf(prefix);
    const place = rowsOf(set).length;
    if (place >= Number(set.dataset.most)) {
      portal.say("Nhiều nhất " + set.dataset.most + " dòng.");
      return null;
    }
    const mould = set.querySelector("template");
    set.insertBefore(mould.content.cloneNode(true), before || mould);
    const row = before ? before.previousElementSibling : rowsOf(set)[place];
    offerSides();
    const side = row.querySelector("select[name$='-side']");
    if (side) side.selectedIndex = Math.min(place, side.options.length - 1); // a row is a side, as a rule
    renumber(set);
    return row;
  }

  function isBlank(row) {
    return Array.from(row.querySelectorAll(WRITTEN)).every(function (one) { return !one.value.trim(); });
  }

  function writeIn(row) {
    const field = row && (row.querySelector("textarea, input[type=text]") || row.querySelector("select"));
    if (field) field.focus();
    return Boolean(field);
  }

  /* The pressed row stays where it is and its neighbour passes it, so the focus is never lost. */
  function press(button, prefix, verb, place) {
    const set = setOf(prefix);
    const rows = rowsOf(set);
    const row = rows[place];
    if (verb === "add") return writeIn(add(prefix));
    if (verb === "drop") {
      row.remove();
      renumber(set);
      const next = rowsOf(set)[Math.min(place, rows.length - 2)];
      const adder = document.getElementById(prefix + "-them") || document.getElementById("tep");
      return writeIn(next) || (adder && adder.focus());
    }
    if (verb === "up") row.after(rows[place - 1]);
    else row.before(rows[place + 1]);
    renumber(set);
    const goal = button.hidden ? row.querySelector("button[name=lam]:not([hidden])") : button;
    goal.focus();
    goal.scrollIntoView({ block: "nearest" });
  }

  /* A pasted block is cut by the server; its rows come after those that stand, whatever was typed meanwhile. */
  function split(prefix) {
    const set = setOf(prefix);
    const box = form.elements[prefix + "-dan"];
    const text = box.value;
    if (!text.trim() || set.cutting === text) return;
    set.cutting = text;
    const asked = new FormData();
    ["csrfmiddlewaretoken", "ma", "phien-ban", "dua-tren"].forEach(function (name) {
      asked.append(name, form.elements[name].value);
    });
    asked.append(prefix + "-dan", text);
    asked.append("lam", prefix + ":split");
    portal.post(form.action, asked).then(function (answer) {
      if (answer.status === 401) return portal.say(portal.ENDED);
      if (!answer.ok) throw new Error(answer.status);
      return answer.text().then(function (page) { take(set, prefix, page, box, text); });
    }).catch(function () {
      portal.say(portal.LOST);
    }).finally(function () {
      set.cutting = null;
    });
  }

  function take(set, prefix, page, box, text) {
    const answer = new DOMParser().parseFromString(page, "text/html");
    const found = rowsOf(answer.getElementById("rows-" + prefix));
    if (!found.length) {
      const why = answer.querySelector(".echo");
      return portal.say(why ? why.textContent : "Chưa tách được thành dòng. Nội dung vẫn còn trong ô, bấm “Lưu” để ghi.");
    }
    const blank = rowsOf(set).filter(function (row) {
      return isBlank(row) && !row.contains(document.activeElement);
    });
    if (rowsOf(set).length - blank.length + found.length > Number(set.dataset.most)) {
      return portal.say("Nhiều nhất " + set.dataset.most + " dòng. Xin bớt các dòng dán vào.");
    }
    blank.forEach(function (row) { row.remove(); });
    found.forEach(function (row) { set.insertBefore(document.adoptNode(row), set.querySelector("template")); });
    if (box.value === text) box.value = "";
    propose(answer);
    renumber(set);
  }

  /* What the block said of other fields goes into those that are empty, marked until looked at. */
  function propose(answer) {
    answer.querySelectorAll(".form-fields > .field input[type=text]").forEach(function (one) {
      const field = form.elements[one.name];
      if (!one.value || !field || field.value || field === document.activeElement) return;
      field.value = one.value;
      field.closest(".field").classList.add("field-proposed");
    });
  }

  form.addEventListener("click", function (event) {
    const button = event.target.closest("button[name=lam]");
    const [prefix, verb, place] = button ? button.value.split(":") : [];
    if (!verb || !setOf(prefix)) return;
    event.preventDefault();
    if (verb === "split") split(prefix);
    else press(button, prefix, verb, Number(place));
  });
  form.addEventListener("change", function (event) {
    if (event.target.name && event.target.name.endsWith("-side")) offerSides();
    if (event.target.name && event.target.name.endsWith("-dan")) split(event.target.name.replace(/-dan$/, ""));
  });

  portal.addRow = add;
})();
