/** How the page looks: as the system, by day, by night, or large for a room. */
export const looks = ["auto", "light", "dark", "beamer"] as const;
export type Look = (typeof looks)[number];

const key = "tsrsa-look";

/** Shows the page in the look chosen last. */
export function applyLook(): Look {
  const stored = read();
  const look = looks.find((name) => name === stored) ?? "auto";
  document.documentElement.dataset.look = look;
  return look;
}

/** Chooses the next look, and returns it. */
export function nextLook(): Look {
  const look = looks[(looks.indexOf(applyLook()) + 1) % looks.length];
  try {
    localStorage.setItem(key, look);
  } catch {
    // A browser without storage forgets it with the page.
  }
  document.documentElement.dataset.look = look;
  return look;
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
