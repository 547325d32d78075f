export function hostname(): string {
  return "page";
}

export function userInfo(): { username: string } {
  return { username: "page" };
}

export function homedir(): string {
  return "/home";
}

export function tmpdir(): string {
  return "/tmp";
}
