/**
 * Closes the dialog and does what is given, if anything. Closing comes first: it gives the focus back to
 * what opened the dialog, and only then may it go elsewhere.
 */
export type Leave = (go?: () => void) => void;
