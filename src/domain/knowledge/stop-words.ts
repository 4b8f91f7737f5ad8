function words(list: string): readonly string[] {
  return list.trim().split(/\s+/u);
}

/** Words that tell no text from another: Portuguese's small words and what people write around a question. Folded. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ...words(`a ao aos aquela aquelas aquele aqueles aquilo as ate com como da das de dela delas dele
    deles depois do dos e ela elas ele eles em entre era eram essa essas esse esses esta estao estas
    estava este estes estou eu foi for foram ha isso isto ja la lhe lhes lo mais mas me mesmo meu meus
    minha minhas muito muita muitos muitas na nao nas nem no nos nossa nossas nosso nossos num numa o
    os ou para pela pelas pelo pelos per por porque pra pro pras pros qual quais quando quanta quantas
    quanto quantos que quem se seja sem ser sera seu seus sua suas so somos sou sao tambem te tem
    temos tenho ter teu teus tinha tu tua tuas um uma umas uns vai vao voce voces vos onde ai ali aqui
    entao assim cada dessa desse desta deste disso disto nessa nesse nesta neste nisso ta to`),
  ...words(`oi oie ola opa eai ei alo hey obrigado obrigada obrigados obg brigado brigada valeu vlw
    favor gostaria queria quero querer preciso precisava saber sabe sobre poderia pode podem posso
    consegue conseguem gente moca moco amigo amiga senhor senhora tudo bem ok okay blz beleza certo
    entendi desculpa desculpe licenca aguardo hein ne tipo rs kk haha hehe`),
]);

/** What people write for short, and the word meant. Folded. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['vc', 'voce'],
  ['vcs', 'voces'],
  ['qto', 'quanto'],
  ['qnto', 'quanto'],
  ['qt', 'quanto'],
  ['qtos', 'quantos'],
  ['pq', 'porque'],
  ['tb', 'tambem'],
  ['tbm', 'tambem'],
  ['qd', 'quando'],
  ['qdo', 'quando'],
  ['qnd', 'quando'],
  ['ql', 'qual'],
  ['oq', 'que'],
  ['nd', 'nada'],
  ['dps', 'depois'],
  ['hj', 'hoje'],
  ['pfv', 'favor'],
  ['pf', 'favor'],
  ['vlr', 'valor'],
  ['pgto', 'pagamento'],
  ['pagto', 'pagamento'],
  ['msg', 'mensagem'],
  ['tel', 'telefone'],
  ['cel', 'celular'],
  ['end', 'endereco'],
  ['hrs', 'horas'],
  ['hr', 'hora'],
  ['zap', 'whatsapp'],
  ['wpp', 'whatsapp'],
]);
