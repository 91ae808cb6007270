// Starts the components of the page. Every page works without this file; it only makes some of them quicker.
import { createAll, initAll } from "./vendor/govuk-frontend.min.js";
import { SortableTable } from "./vendor/moj-frontend.min.js";

initAll();
createAll(SortableTable);

const INDEX = /__index__/g;
const NUMBER = /__number__/g;

// "Add another": copies the blank row, without asking the server for one
for (const rows of document.querySelectorAll("[data-lc-rows]")) {
  const all = rows.querySelector(".lc-rows__all");
  const blank = rows.querySelector("template");
  let next = all.children.length;

  const renumber = () => {
    all.querySelectorAll(".lc-rows__number").forEach((number, index) => (number.textContent = index + 1));
    all.querySelectorAll(".lc-rows__remove").forEach((button) => (button.hidden = all.children.length === 1));
  };

  const removable = (row) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary lc-rows__remove";
    button.innerHTML = 'Remove<span class="govuk-visually-hidden"> this entry</span>';
    button.addEventListener("click", () => {
      row.remove();
      renumber();
      rows.querySelector(".lc-rows__add").focus();
    });
    row.append(button);
  };

  rows.querySelector(".lc-rows__add").addEventListener("click", (event) => {
    event.preventDefault();
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replace(INDEX, next).replace(NUMBER, next + 1);
    next += 1;
    const row = holder.content.firstElementChild;
    all.append(row);
    removable(row);
    renumber();
    initAll({ scope: row });
    row.querySelector("input:not([type=hidden]), textarea, select").focus();
  });

  [...all.children].forEach(removable);
  renumber();
}

// a question that matters under some answers to another only: under the others it is neither shown nor sent
for (const question of document.querySelectorAll("[data-lc-only]")) {
  const form = question.closest("form");
  const wanted = question.dataset.lcOnly.split(" ");

  const decide = (keep) => {
    const shown = keep || wanted.includes(form.elements[question.dataset.lcUnder].value);
    question.hidden = !shown;
    question.querySelectorAll("input, select, textarea").forEach((field) => (field.disabled = !shown));
  };

  form.addEventListener("change", () => decide(false));
  // also when the browser has filled in what was typed before; what is wrong is shown until the other answer changes
  window.addEventListener("pageshow", () => decide(question.querySelector(".govuk-error-message") !== null));
}

// a file that is too large is refused before it is sent: the server would not read the form, and all that was typed
// beside it would be lost
for (const input of document.querySelectorAll("[data-lc-largest]")) {
  const group = input.closest(".govuk-form-group");
  const wrong = document.createElement("p");
  wrong.className = "govuk-error-message";
  wrong.setAttribute("role", "alert");

  input.addEventListener("change", () => {
    const file = input.files[0];
    const tooLarge = file !== undefined && file.size > Number(input.dataset.lcLargest);
    group.classList.toggle("govuk-form-group--error", tooLarge);
    wrong.remove();
    if (tooLarge) {
      wrong.textContent = `‘${file.name}’ is larger than ${input.dataset.lcLargest / 1e6} MB. Give a smaller file.`;
      input.before(wrong);
      input.value = "";
    }
  });
}
