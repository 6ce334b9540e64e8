/** The version of this program, as `/health` and `doctor` tell it. */
export const version = '0.1.0';
