import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { icnsOf, icoOf } from '../../../scripts/icons/containers.mjs';

const FOLDER = path.resolve(import.meta.dirname, '../../../resources/icons');
const SIZES_PX = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
const read = (name: string): Buffer => readFileSync(path.join(FOLDER, name));
const drawn = new Map(SIZES_PX.map((size) => [size, read(`${size}x${size}.png`)]));

/** Width and height in a PNG's first block (PNG specification, 11.2.2). */
const sideOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe("the app's icon", () => {
  test('is there in every size, each as large as its name says', () => {
    for (const [size, png] of drawn) expect(sideOf(png)).toEqual([size, size]);
    const images = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
    expect(images).toHaveLength(SIZES_PX.length);
  });

  test('is the same in the file for Windows, in eight sizes', () => {
    const ico = read('icon.ico');
    expect(ico.equals(icoOf(drawn))).toBe(true);
    const count = ico.readUInt16LE(4);
    const found = Array.from({ length: count }, (_one, place) => {
      const entry = 6 + 16 * place;
      const start = ico.readUInt32LE(entry + 12);
      return ico.subarray(start, start + ico.readUInt32LE(entry + 8));
    });
    expect(found.map((png) => sideOf(png)[0])).toEqual(SIZES_PX.filter((size) => size <= 256));
  });

  test('is the same in the file for macOS, up to 1024 px', () => {
    const icns = read('icon.icns');
    expect(icns.equals(icnsOf(drawn))).toBe(true);
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sides: (number | undefined)[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      sides.push(sideOf(icns.subarray(at + 8))[0]);
    }
    expect(sides).toEqual([16, 32, 64, 128, 256, 256, 512, 512, 1024]);
  });
});
