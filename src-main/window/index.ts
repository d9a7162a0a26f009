export { createAskedFiles } from './asked-files.js';
export { askWhereToSave } from './ask-where.js';
export { lockDownContents, lockDownSession } from './lock-down.js';
export { openMainWindow } from './main-window.js';
export { installMenu } from './menu.js';
export { createQuitQuestion } from './quit-question.js';
export { declarePageScheme, servePage } from './page-scheme.js';
export { createWindows } from './windows.js';
export type { Windows } from './windows.js';
