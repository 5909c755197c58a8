/** A size for people: `900 B`, `1.2 MB`, in the way of the language. */
export function formatSize(bytes: number, locale: string): string {
  const [divisor, unit] =
    bytes < 1024 ? ([1, 'B'] as const) : bytes < MIB ? ([1024, 'KB'] as const) : ([MIB, 'MB'] as const);
  const digits = bytes < MIB ? 0 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(bytes / divisor)} ${unit}`;
}

const MIB = 1024 * 1024;
