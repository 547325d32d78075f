/** A number with as many significant digits as asked, no exponent where it can be avoided, and a true minus sign. */
export function formatNumber(value: number, significant = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e6)
      ? value.toExponential(significant - 1)
      : String(Number(value.toPrecision(significant)));
  return text.replaceAll("-", "−");
}

/** A number with a fixed count of decimals, and a true minus sign. */
export function formatFixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}
