/** Shown by launchers beside the kernel's name: two RDM cells apart, two alike. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="8" fill="#2f6db5"/>
  <g fill="#fff">
    <rect x="8" y="8" width="10" height="10" opacity=".35"/>
    <rect x="20" y="8" width="10" height="10"/>
    <rect x="8" y="20" width="10" height="10"/>
    <rect x="20" y="20" width="10" height="10" opacity=".35"/>
  </g>
  <text x="58" y="56" text-anchor="end" font-family="sans-serif" font-weight="bold" font-size="28" fill="#fff">TS</text>
</svg>
`;
