// Props that ask WordPress 6.9 for the look newer versions have by themselves; those ignore them.

/** For everything under a label. */
export const noMargin = { __nextHasNoMarginBottom: true } as const;

/** For fields and choices. */
export const newerLook = { ...noMargin, __next40pxDefaultSize: true } as const;
