import type { Fetch } from '../../../src-main/api/index.js';
import type { ToolAdapter, ToolContext } from '../../../src-main/gate/index.js';
import type { ServiceProfile } from '../../../src-shared/manifest.js';
import { fixtureProfile } from '../fixtures/service-profile.js';

/** A tool that does nothing by itself: the test acts through what it was given. */
export interface Probe {
  readonly adapter: ToolAdapter;
  /** What happened to it, in order, such as `run` and `stop`. */
  readonly happened: string[];
  /** What the latest run was given; throws where none ever began. */
  context(): ToolContext;
  /** Called at the moment it is told to stop. */
  onStop: () => void;
}

export function probeTool(kind = 'probe'): Probe {
  let latest: ToolContext | null = null;
  const probe: Probe = {
    happened: [],
    onStop: () => undefined,
    context() {
      if (!latest) throw new Error('the tool never ran');
      return latest;
    },
    adapter: {
      kind,
      run(context) {
        latest = context;
        probe.happened.push('run');
        return {
          onEvent: (event) => void probe.happened.push(event.kind),
          stop() {
            probe.happened.push('stop');
            probe.onStop();
          },
        };
      },
    },
  };
  return probe;
}

/** The fixture service with one tool. */
export function profileWithTool(id = 'alpha', purpose = 'analytics'): ServiceProfile {
  const profile = fixtureProfile(id);
  const tool = { id: 'probe', purpose, kind: 'probe', hosts: ['counter.example'] };
  return { ...profile, manifest: { ...profile.manifest, tools: [tool] } };
}

/** What went out, and answers that come when the test wants them. */
export interface RecordedWay {
  readonly fetch: Fetch;
  readonly sent: { readonly address: string; readonly body: string }[];
  /** From now on requests stay under way until they are cancelled. */
  hold(): void;
}

export function recordedWay(): RecordedWay {
  let holds = false;
  const sent: RecordedWay['sent'] = [];
  return {
    sent,
    hold: () => void (holds = true),
    fetch(address, { body, signal }) {
      sent.push({ address, body: typeof body === 'string' ? body : '' });
      if (!holds) return Promise.resolve(new Response(null, { status: 204 }));
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('cancelled'));
        });
      });
    },
  };
}
