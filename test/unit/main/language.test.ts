import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLanguage } from '../../../src-main/language.js';
import { createMemory } from '../../../src-main/remembered.js';
import { temporaryFolder } from '../../support/client/temporary-folder.js';

const PLACE = { x: 10, y: -20, width: 900, height: 600, isMaximized: false };

function profile(): string {
  const { folder, remove } = temporaryFolder('window');
  onTestFinished(remove);
  return path.join(folder, 'window.json');
}

const languageOf = (file: string, flag: string | null, system: string[]) =>
  createLanguage(createMemory(file), flag, () => system);

describe('what is remembered of a window', () => {
  it('is there at the next start, each part beside the other', () => {
    const file = profile();
    createMemory(file).keep({ place: PLACE });
    createMemory(file).keep({ lang: 'en-GB' });
    expect(createMemory(file).read()).toEqual({ lang: 'en-GB', place: PLACE });
  });

  it.each([
    '',
    'null',
    '[]',
    '{"lang":7,"place":{"x":1}}',
    '{"lang":"xx","place":{"x":"1","y":0,"width":1,"height":1,"isMaximized":false}}',
    '{"place":{"x":0.5,"y":0,"width":1,"height":1,"isMaximized":false}}',
  ])('is nothing where the file holds %j', (text) => {
    const file = profile();
    writeFileSync(file, text);
    expect(createMemory(file).read()).toEqual({ lang: null, place: null });
  });

  it('holds for the run where the disk does not take it', () => {
    const memory = createMemory(path.join(profile(), 'no', 'folder.json'));
    memory.keep({ lang: 'en' });
    expect(memory.read().lang).toBe('en');
  });
});

describe('the language', () => {
  it('is the flag, then what was chosen, then the system', () => {
    const file = profile();
    expect(languageOf(file, null, ['en-AU']).current()).toBe('en-AU');
    createMemory(file).keep({ lang: 'en-GB' });
    expect(languageOf(file, null, ['en-AU']).current()).toBe('en-GB');
    expect(languageOf(file, 'en-US', ['en-AU']).current()).toBe('en-US');
  });

  it('is what the person chooses from then on, also over the flag, and the system again', () => {
    const file = profile();
    const language = languageOf(file, 'en-US', ['en-AU']);
    const heard: string[] = [];
    language.follow(() => heard.push(language.current()));
    language.choose('en-GB');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ lang: 'en-GB' });
    language.choose(null);
    expect(heard).toEqual(['en-GB', 'en-AU']);
    expect(language.chosen()).toBeNull();
  });
});
