import "../page/main.ts";
import { applyLook, nextLook } from "../view/look.ts";
import { fitSlides } from "./fit.ts";
import { stepOf } from "./steps.ts";

/** Slides that `tsrsa nb slides` wrote: turned by keys, made to fit, in the look and with the notes that the speaker wants. */
const slides = [...document.querySelectorAll<HTMLElement>(".slide")];
const help = "→ next · ← back · F full screen · N notes · L look · Ctrl+P print or PDF";

function current(): number {
  const tops = slides.map((slide) => Math.abs(slide.getBoundingClientRect().top));
  return tops.indexOf(Math.min(...tops));
}

function show(at: number): void {
  slides[Math.min(Math.max(at, 0), slides.length - 1)]?.scrollIntoView();
}

/** What is on the screen stays there while all is measured anew. */
function keepingPlace(change: () => void): void {
  const at = current();
  change();
  fitSlides(slides);
  show(at);
}

function toggleNotes(): void {
  keepingPlace(() => document.documentElement.toggleAttribute("data-notes"));
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
  else await document.exitFullscreen();
}

function showHelp(): void {
  const known = document.querySelector(".keys");
  if (known !== null) {
    known.remove();
    return;
  }
  const line = document.createElement("p");
  line.className = "keys";
  line.setAttribute("role", "status");
  line.textContent = help;
  document.body.append(line);
  setTimeout(() => line.remove(), 6000);
}

const commands = new Map<string, () => void>([
  ["n", toggleNotes],
  ["l", () => keepingPlace(nextLook)],
  ["f", () => void toggleFullScreen().catch(() => undefined)],
  ["?", showHelp],
  ["h", showHelp],
]);

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inside =
    event.target instanceof Element ? event.target.closest("a, summary, .notes") : null;
  if (inside !== null && /^(Enter| |Arrow|Page)/.test(event.key)) return;
  const step = stepOf(event, slides.length);
  const command = commands.get(event.key.toLowerCase());
  if (step === undefined && command === undefined) return;
  event.preventDefault();
  if (step === undefined) command?.();
  else show("to" in step ? step.to : current() + step.by);
});

// A link leads back to the slide that was on the screen.
addEventListener("scrollend", () =>
  history.replaceState(undefined, "", `#${slides[current()]?.id ?? ""}`),
);

applyLook();
fitSlides(slides);
if (location.hash === "") showHelp();
