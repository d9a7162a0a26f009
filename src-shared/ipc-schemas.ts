import { z } from 'zod';
import { choiceSchema, shownPolicySchema } from './consent/decision.js';
import {
  languageTagSchema,
  opaqueIdSchema,
  purposeIdSchema,
  serviceIdSchema,
  utcInstantSchema,
  uuidV7Schema,
} from './ids.js';
import type { CallName, Input } from './ipc-contract.js';
import { policyTextSchema } from './policy-text.js';

const ofService = z.strictObject({ service: serviceIdSchema });
const revision = z.int().min(0);
const { version } = policyTextSchema.shape;
const password = z.string().max(1024);
const signIn = z.strictObject({
  service: serviceIdSchema,
  email: z.string().max(320),
  password,
  remember: z.boolean(),
});

const historyFilterSchema = z.strictObject({
  purpose: purposeIdSchema.nullable(),
  kind: z.enum(['allowed', 'refused', 'acknowledged', 'erased']).nullable(),
  device: z.enum(['this', 'other']).nullable(),
  from: utcInstantSchema.nullable(),
  to: utcInstantSchema.nullable(),
});

/** The payload check of every call; handlers are only reached by what passes here. */
export const callSchemas = {
  'app.snapshot': z.strictObject({}),
  'policy.read': ofService,
  'policy.versions': ofService,
  'policy.readVersion': z.strictObject({ service: serviceIdSchema, version }),
  'policy.difference': z.strictObject({
    service: serviceIdSchema,
    from: version.nullable(),
    to: version,
  }),
  'consent.decide': z.strictObject({
    service: serviceIdSchema,
    revision,
    action: z.enum(['accept-all', 'necessary-only', 'save', 'withdraw', 'acknowledge']),
    surface: z.enum(['banner', 'settings']),
    choices: z
      .record(purposeIdSchema, choiceSchema)
      .refine((choices) => Object.keys(choices).length <= 50, 'has too many purposes'),
  }),
  'limits.neverHere': z.strictObject({
    service: serviceIdSchema,
    purpose: purposeIdSchema,
    isNever: z.boolean(),
  }),
  'limits.signal': z.strictObject({ isOn: z.boolean() }),
  'banner.dismiss': ofService,
  'banner.callBack': ofService,
  'session.createAccount': signIn,
  'session.signIn': signIn,
  'session.browserSignIn': z.strictObject({ service: serviceIdSchema, remember: z.boolean() }),
  'session.browserOpenAgain': ofService,
  'session.browserCancel': ofService,
  'session.unsent': ofService,
  'session.signOut': ofService,
  'session.withdrawAndSignOut': z.strictObject({ service: serviceIdSchema, revision }),
  'session.signOutEverywhere': z.strictObject({}),
  'session.signOutAndErase': ofService,
  'account.devices': ofService,
  'account.endDevice': z.strictObject({ service: serviceIdSchema, session: opaqueIdSchema }),
  'account.endOthers': ofService,
  'account.changePassword': z.strictObject({
    service: serviceIdSchema,
    current: password,
    next: password,
  }),
  'account.delete': z.strictObject({ service: serviceIdSchema, password }),
  'account.deleteByBrowser': ofService,
  'session.deviceChoices': z.strictObject({
    service: serviceIdSchema,
    revision,
    takeOver: z.boolean(),
  }),
  'session.arrivalRead': ofService,
  'ledger.startOver': ofService,
  'history.read': z.strictObject({
    service: serviceIdSchema,
    before: z.int().min(1).nullable(),
    filter: historyFilterSchema.optional(),
  }),
  'history.shownText': z.strictObject({ service: serviceIdSchema, shown: shownPolicySchema }),
  'history.export': z.strictObject({
    service: serviceIdSchema.nullable(),
    purpose: purposeIdSchema.nullable(),
    decision: uuidV7Schema.nullable(),
    format: z.enum(['json', 'pdf']).optional(),
  }),
  'history.import': ofService,
  'history.imported': z.strictObject({
    service: serviceIdSchema,
    before: z.int().min(1).nullable(),
  }),
  'history.dropImported': ofService,
  'history.erase': z.strictObject({ service: serviceIdSchema, id: uuidV7Schema }),
  'sync.detail': ofService,
  'sync.now': ofService,
  'keychain.tryAgain': z.strictObject({}),
  'service.open': ofService,
  'gate.read': ofService,
  'gate.export': ofService,
  'device.read': ofService,
  'device.delete': z.strictObject({ service: serviceIdSchema, id: z.string().max(8192) }),
  'device.forget': ofService,
  'language.choose': z.strictObject({ lang: languageTagSchema.nullable() }),
  'app.open': ofService,
  'app.drawn': z.strictObject({}),
  'quit.answer': z.strictObject({ answer: z.enum(['shown', 'quit', 'keep-open']) }),
} satisfies { readonly [Name in CallName]: z.ZodType<Input<Name>> };
