/** Marks, in the history that the model is shown, what a person of the business wrote. */
const TEAM_MARK = '[pessoa da equipe]';

/** The mark however it is spelled, with spaces or invisible characters in it. */
const ANY_MARK = /\[[\s\p{Cf}]*pessoa[\s\p{Cf}]+da[\s\p{Cf}]+equipe[\s\p{Cf}]*\][\s\p{Cf}:*_~]*/giu;

/** A text as a person of the business wrote it, marked as theirs. */
export function withTeamMark(text: string): string {
  return `${TEAM_MARK} ${withoutTeamMark(text)}`;
}

/** A text that nobody can take for the team's: customers forge the mark, and models copy it. */
export function withoutTeamMark(text: string): string {
  return text.replace(ANY_MARK, '');
}
