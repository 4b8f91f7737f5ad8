function names(list: string): readonly string[] {
  return list.trim().split(/\s+/u);
}

/**
 * The first names that most people in Brazil have (census of 2010, without those that are words of the language
 * as well). Folded.
 */
export const COMMON_FIRST_NAMES: ReadonlySet<string> = new Set([
  ...names(`maria ana francisca antonia adriana juliana marcia fernanda patricia aline sandra camila
    amanda bruna jessica leticia julia luciana vanessa mariana gabriela vera vitoria larissa claudia
    beatriz rita luana sonia renata eliane josefa simone natalia cristiane carla debora rosangela
    jaqueline rosa daniela aparecida marlene terezinha raimunda andreia fabiana lucia raquel angela
    rafaela joana luzia elaine daniele monica isabela tatiane cecilia sueli silvia elisabete helena
    alice laura sophia sofia manuela valentina heloisa giovana lorena yasmin rebeca eduarda bianca
    tereza regina teresa lurdes ivone neusa edna viviane michele priscila kelly karina tania marta
    fatima rosana rosimeire luiza livia milena thais tais`),
  ...names(`jose joao antonio francisco carlos paulo pedro lucas luiz marcos luis gabriel rafael daniel
    marcelo bruno eduardo felipe raimundo rodrigo manoel mateus matheus andre fernando fabio leonardo
    gustavo guilherme leandro tiago thiago anderson ricardo marcio jorge sebastiao alexandre roberto
    edson diego vitor victor sergio claudio geraldo adriano luciano julio renato alex vinicius rogerio
    samuel ronaldo mario flavio douglas igor davi manuel jefferson cicero miguel arthur artur heitor
    bernardo enzo henrique caio danilo wellington washington wesley joaquim benedito everton mauricio
    nelson otavio murilo ruan caique caua kaua emerson valdir osvaldo gilberto reginaldo josue elias
    isaac isaque ivan hugo alan allan cesar augusto cristiano fabricio juliano sandro valter walter`),
]);
