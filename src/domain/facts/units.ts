interface Unit {
  readonly name: string;
  /** How much of the unit's one form it is. */
  readonly factor: number;
}

const UNITS: ReadonlyMap<string, Unit> = new Map(
  [
    ['dia', 1, 'dia dias day days'],
    ['dia', 7, 'semana semanas week weeks'],
    ['mes', 1, 'mes meses month months'],
    ['mes', 12, 'ano anos year years'],
    ['min', 1, 'min mins minuto minutos minute minutes'],
    ['s', 1, 's seg segundo segundos second seconds'],
    ['g', 1, 'g gr grama gramas gramos grams gram'],
    ['g', 1_000, 'kg kgs quilo quilos kilo kilos quilogramas'],
    ['mg', 1, 'mg miligramas'],
    ['ml', 1, 'ml mililitros'],
    ['ml', 1_000, 'l litro litros liter liters litre litres'],
    ['mm', 1, 'mm milimetros'],
    ['mm', 10, 'cm centimetros centimeters'],
    ['mm', 1_000, 'm metro metros meter meters'],
    ['km', 1, 'km kms quilometro quilometros kilometros kilometers'],
    ['m2', 1, 'm2 km2'],
    ['mb', 1, 'mb'],
    ['gb', 1, 'gb gigas giga gigabytes'],
    ['tb', 1, 'tb'],
    ['vaga', 1, 'vaga vagas lugar lugares assentos plazas cupos spots seats places'],
    ['pessoa', 1, 'pessoa pessoas alunos aluno participantes personas people students'],
    ['aula', 1, 'aula aulas encontros clases classes lessons'],
    ['unidade', 1, 'unidade unidades peca pecas un unidades units'],
  ].flatMap(([name, factor, words]) =>
    String(words)
      .split(' ')
      .map((word) => [word, { name: String(name), factor: Number(factor) }] as const),
  ),
);

const WORD = /^[ *_~\n-]{0,3}([a-z]{1,14}2?)(?![a-z\d])/u;

/** `96,67 s/ juros`: no seconds. */
const IS_WITHOUT = /^ ?s\//u;

/** The unit that follows a number, in folded text; hours are the clock's. */
export function unitAfter(after: string): (Unit & { readonly length: number }) | undefined {
  const match = WORD.exec(after);
  const unit = UNITS.get(match?.[1] ?? '');
  if (match === null || unit === undefined || IS_WITHOUT.test(after)) return undefined;
  return { ...unit, length: match[0].length };
}
