/** The two things of a schema's complaint that may go outward: where, and what is wrong there. */
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const MOST_ISSUES = 5;
const LONGEST_DETAIL = 400;

/** Complaints of a schema as one line, field by field; bounded, because part of it may echo what a stranger sent. */
export function describeIssues(issues: readonly Issue[]): string {
  const lines = issues.slice(0, MOST_ISSUES).map((issue) => {
    const field = issue.path.map(String).join('.');
    return `${field || '(whole)'}: ${issue.message}`;
  });
  const line = lines.join('; ');
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
}
