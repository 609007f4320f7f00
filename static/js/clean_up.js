// Names for what the library of the clean-up pages draws without any: the fields of rows, by the heads of their
// columns, and the boxes of pickers, by their labels.
"use strict";

(() => {
  const $ = window.django?.jQuery;
  if (!$) return;
  let made = 0;

  // The element that says what a field is: its label, else the head of its column.
  const namer = (field) => {
    const cell = field.closest(".tabular td");
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    return label ?? (cell && cell.closest("table").tHead.rows[0].cells[cell.cellIndex]);
  };

  const named = (element, field, ...more) => {
    const by = namer(field);
    if (!element || !by) return;
    by.id ||= `ten-${(made += 1)}`;
    element.setAttribute("aria-labelledby", [by.id, ...more].join(" "));
  };

  const nameAll = (root) => {
    for (const field of root.querySelectorAll(".tabular td :is(input, select, textarea):not([type=hidden])")) {
      named(field, field);
    }
    for (const field of root.querySelectorAll(".admin-autocomplete")) {
      const box = $(field).data("select2")?.$selection[0];
      const shown = box?.querySelector("[role=textbox]");
      named(box, field, ...(shown ? [shown.id] : []));
      named(shown, field);
      named(box?.querySelector("[type=search]"), field);
    }
  };

  $(() => {
    // A head over nothing is no head.
    for (const head of document.querySelectorAll(".tabular th:empty")) {
      head.replaceWith(Object.assign(document.createElement("td"), { className: head.className }));
    }
    nameAll(document);
  });
  document.addEventListener("formset:added", (event) => nameAll(event.target));

  $(document).on("select2:open", (event) => {
    const { $selection, $results, dropdown } = $(event.target).data("select2");
    const opened = dropdown.$dropdownContainer[0];
    opened.setAttribute("role", "region");
    for (const part of [opened, opened.querySelector("[type=search]"), $results[0]]) named(part, event.target);
    $selection[0].setAttribute("aria-controls", $results[0].id);
  });
})();
