//! Texts that were made worse, read as a configuration: whatever they are, an answer comes, soon, and no panic.
//!
//! Configurations of the corpus are cut, doubled and crossed with each other and with what is known to break readers
//! of YAML. What they ask of the outside world is answered at random.

use std::time::{Duration, Instant};

use pilothouse_model::SourceId;
use pilothouse_service::{Answer, Answers, Lookup, Options, Request, Secret, Step, load};

use crate::number;
use crate::random::Random;

/// Longer than this for a text of this kind is a fault; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often answers may lead to further questions.
const MOST_TURNS: usize = 200;

/// What readers of YAML stumble over.
fn traps() -> Vec<String> {
    let laughs = (1..12).fold("l0: &l0 [x, x]\n".to_owned(), |text, at| {
        let before = format!("*l{}, ", at - 1).repeat(9);
        format!("{text}l{at}: &l{at} [{before}]\n")
    });
    let merges = (1..20).fold("m0: &m0 {a: 1}\n".to_owned(), |text, at| {
        format!(
            "{text}m{at}: &m{at} {{<<: [*m{0}, *m{0}], k{at}: 1}}\n",
            at - 1
        )
    });
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    let maps = "{a: ".repeat(3_000) + &"}".repeat(3_000);
    let nested = "${self:".repeat(300) + &"}".repeat(300);
    let mut traps = vec![laughs, merges, deep, maps, nested];
    traps.extend(
        [
            "a: &a [*a]",
            "a: &a {<<: *a}",
            "<<: 5",
            "<<: [1, 2]",
            "? [a, b]\n: c",
            "? {a: 1}\n: &x y",
            "a: 1\na: 2",
            "{a: 1, a: 2}",
            "a: !!binary AAAA",
            "a: !Ref {b: c}",
            "a: !GetAtt [1]",
            "a: !!python/object:os.system x",
            "a: !<tag:yaml.org,2002:str> 5",
            "a: !Sub",
            "a: !Fn::If [",
            "--- a\n--- b\n...",
            "%YAML 9.9\n---\na: 1",
            "%TAG ! tag:x,2000:\n---\n!x a",
            "a: 1e400",
            "a: -1e-400",
            "a: 0x_ff",
            "a: 0o7777777777777777777777",
            "a: .nan",
            "a: 99999999999999999999999999999999",
            "a: |\n\tb",
            "a: >-\n  x\n y",
            "a: 'x",
            "a: \"\\x\"",
            "a: \"\\ud800\"",
            "\u{feff}a: 1",
            "a: \u{0}",
            "\u{0}",
            "a: \u{202e}b",
            "- - - - -",
            "- \n-",
            ": :",
            "? ? ?",
            "&a &b c",
            "*nothing",
            "a: *b",
            "a: @b",
            "a: `b`",
            "a: %b",
            "\t",
            "\r\r\n",
            "#",
            "a:#b",
            "a: 12:30:45",
            "a: 2001-02-30T99:99:99Z",
            "a: ~",
            "a: yes",
            "null: null",
            "true: false",
            "1.5: x",
            "? \n: \n",
            "${self:}: x",
            "${opt:x}: y",
            "a: ${self:}",
            "a: ${self:a}",
            "a: ${file(a)}",
            "a: ${file(../../etc/passwd)}",
            "a: ${file(/dev/zero)}",
            "a: ${env:AWS_SECRET_ACCESS_KEY}",
            "a: ${ssm:/p}",
            "a: ${cf:s.o}",
            "a: ${s3:b/k}",
            "a: ${aws:accountId}",
            "a: ${ssm(x y z):${ssm:/q}}",
            "a: ${",
            "a: ${a:${b:${c:",
            "a: ${strToBool(${self:a})}",
            "custom: ${file(self.yml)}",
            "functions: ${file(f.yml)}",
            "provider: ${self:custom}",
            "service: ${self:}",
            "resources: [${file(r.yml)}, 5, null]",
        ]
        .map(str::to_owned),
    );
    traps
}

fn seeds() -> Vec<String> {
    let folder = pilothouse_tests::tests_folder().join("corpus/cases");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let file = entry.expect("an entry").path().join("input/serverless.yml");
        texts.extend(std::fs::read_to_string(file));
    }
    texts.sort();
    assert!(texts.len() > 150, "the corpus is here");
    texts
}

/// A text that is still a configuration, with values that ask for odd things.
fn odd(random: &mut Random, seeds: &[String]) -> String {
    const VALUES: &[&str] = &[
        "${self:}",
        "${self:custom}",
        "${self:provider.stage}",
        "${opt:x, self:functions}",
        "${file(a.yml)}",
        "${file(b.json):k.0, 5}",
        "${env:X, 'y'}",
        "${ssm:/p}",
        "${ssm(raw, eu-west-1):/q, null}",
        "${ssm:/aws/reference/secretsmanager/S}",
        "x-${cf:s.o}-${s3:b/k}",
        "${aws:accountId}",
        "${file(${ssm:/p}.yml)}",
        "${self:custom.${env:X}}",
        "${strToBool(${env:B})}",
        "${param:p}",
        "${sls:stage}",
        "${nope:x}",
        "99999999999999999999",
        "!Ref X",
        "[${self:service}]",
        "{k: '${ssm:/p}'}",
        "~",
        "1e400",
        "&a x",
        "*a",
    ];
    let text = random.pick(seeds);
    let percent = random.between(2, 25);
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.split_once(": ") {
            Some((before, _)) if random.chance(percent) => {
                let value = *random.pick(VALUES);
                lines.push(format!("{before}: {value}"));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// A text that nobody would write.
fn worse(random: &mut Random, seeds: &[String], traps: &[String]) -> String {
    let mut text: Vec<char> = random.pick(seeds).chars().collect();
    for _ in 0..random.between(1, 6) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(60)).min(text.len());
        match random.below(6) {
            0 => drop(text.drain(at..end)),
            1 => {
                let part: Vec<char> = text[at..end].to_vec();
                let into = random.below(text.len() + 1);
                text.splice(into..into, part);
            }
            2 => {
                let other: Vec<char> = random.pick(seeds).chars().collect();
                let from = random.below(other.len() + 1);
                let part = other[from..].iter().take(200).copied();
                text.splice(at..end, part.collect::<Vec<_>>());
            }
            3 => {
                let odd = *random.pick(&[
                    '\0',
                    '\t',
                    '\r',
                    '{',
                    '}',
                    '[',
                    ']',
                    '&',
                    '*',
                    '!',
                    '|',
                    '>',
                    '\'',
                    '"',
                    '%',
                    '@',
                    ':',
                    '#',
                    '-',
                    '$',
                    '\\',
                    '\u{feff}',
                    '\u{2028}',
                    '\u{10ffff}',
                ]);
                text.insert(at, odd);
            }
            4 => {
                let trap: Vec<char> = random.pick(traps).chars().collect();
                text.splice(at..at, trap);
            }
            _ => {
                // On a line of its own, as deep as the one before it.
                let line = text[..at]
                    .iter()
                    .rposition(|letter| *letter == '\n')
                    .map_or(0, |at| at + 1);
                let indent: Vec<char> = text[line..]
                    .iter()
                    .take_while(|letter| **letter == ' ')
                    .copied()
                    .collect();
                let trap = format!(
                    "{}{}\n",
                    indent.iter().collect::<String>(),
                    random.pick(traps)
                );
                text.splice(line..line, trap.chars().collect::<Vec<_>>());
            }
        }
    }
    text.into_iter().collect()
}

fn answer(random: &mut Random, lookup: &Lookup, seeds: &[String], traps: &[String]) -> Answer {
    match (random.below(8), lookup) {
        (0, _) => Answer::Missing,
        (1, _) => Answer::Refused {
            reason: "no".to_owned(),
        },
        (2, Lookup::Cloud(_)) => Answer::Secret(Secret::Parameter { version: 1 }),
        (3, Lookup::Cloud(_)) => Answer::Secret(Secret::Stored {
            keys: Some(vec![("k".to_owned(), true), ("${self:}".to_owned(), false)]),
        }),
        (4, Lookup::Cloud(_)) => Answer::Listed(vec!["a".to_owned(), "${self:custom}".to_owned()]),
        (5, _) => Answer::Found(random.pick(traps).clone()),
        (6, _) => Answer::Found(random.pick(seeds).clone()),
        _ => Answer::Found("text".to_owned()),
    }
}

/// Reads a text to its end; the answer does not matter.
fn read(random: &mut Random, text: &str, seeds: &[String], traps: &[String]) -> usize {
    let source = SourceId::new(*random.pick(&["serverless.yml", "serverless.json"]));
    let options = Options::default();
    let mut answers = Answers::default();
    for turn in 0..MOST_TURNS {
        let request = Request {
            source: &source,
            text,
            options: &options,
            answers: &answers,
        };
        let Ok(Step::Needs(lookups)) = load(&request) else {
            return turn;
        };
        assert!(
            !lookups.is_empty(),
            "nothing is wanted, and it does not go on"
        );
        for lookup in lookups {
            assert!(answers.get(&lookup).is_none(), "{lookup:?} is asked twice");
            let given = answer(random, &lookup, seeds, traps);
            answers.insert(lookup, given);
        }
    }
    panic!("there is no end of questions");
}

#[test]
fn random_texts_are_answered_whatever_they_are() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 100) as usize * 10;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let (seeds, traps) = (seeds(), traps());
    let mut slowest = Duration::ZERO;
    let mut turns = 0;
    for at in 0..count {
        let mut random = Random::of(seed.wrapping_mul(7_919).wrapping_add(at as u64));
        let text = match traps.get(at) {
            Some(trap) => trap.clone(),
            None if random.chance(50) => odd(&mut random, &seeds),
            None => worse(&mut random, &seeds, &traps),
        };
        let began = Instant::now();
        let read = std::panic::catch_unwind(|| read(&mut random.clone(), &text, &seeds, &traps));
        let took = began.elapsed();
        turns += read.unwrap_or_else(|_| panic!("seed {seed}, number {at}: it panics"));
        assert!(took < PATIENCE, "seed {seed}, number {at}: {took:?}");
        slowest = slowest.max(took);
    }
    println!(
        "texts: seed {seed}: {count} answered, {turns} further turns, the slowest in {slowest:?}"
    );
}
