import type { PushResult } from '../../src-shared/api-contract.js';
import { briefAnswerSchema, type BriefAnswer } from '../../src-shared/brief-answer.js';
import { pushedReader } from './plain-results.js';
import type { Reader } from './request.js';

/** What a push comes to: an answer for each entry, or, where all were taken, one in few words for all of them. */
export type PushAnswer = { readonly results: readonly PushResult[] } | BriefAnswer;

/** Reads either; a service may not know the brief one. */
export const pushAnswerReader: Reader<PushAnswer> = {
  safeParse(answer) {
    const brief = briefAnswerSchema.safeParse(answer);
    return brief.success ? brief : pushedReader.safeParse(answer);
  },
};
