/** What happened to a service's question since the app started; forgotten at the next start, on purpose. */
export interface RunMemory {
  dismiss(service: string): void;
  callBack(service: string): void;
  /** After an answer the question is gone; after a refusal no other follows in this run. */
  answered(service: string, refused: boolean): void;
  /** The service is forgotten on this device: it may ask as at the first start. */
  forget(service: string): void;
  of(service: string): { dismissed: boolean; refusedInThisRun: boolean; calledBack: boolean };
}

export function createRunMemory(): RunMemory {
  const dismissed = new Set<string>();
  const refused = new Set<string>();
  const calledBack = new Set<string>();
  return {
    dismiss(service) {
      dismissed.add(service);
      calledBack.delete(service);
    },
    callBack(service) {
      calledBack.add(service);
    },
    answered(service, isRefusal) {
      calledBack.delete(service);
      if (isRefusal) refused.add(service);
    },
    forget(service) {
      for (const memory of [dismissed, refused, calledBack]) memory.delete(service);
    },
    of: (service) => ({
      dismissed: dismissed.has(service),
      refusedInThisRun: refused.has(service),
      calledBack: calledBack.has(service),
    }),
  };
}
