//! Each stage of the road alone, on a service of 200 functions: `cargo bench -p pilothouse-tests`.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use pilothouse_model::{Digest, SourceId};
use pilothouse_service::document::{self, Syntax};
use pilothouse_service::{Answers, Loaded, Options, Request, Step, load, resolve};
use pilothouse_template::{Archive, Archives, CompileInputs, compile};

const FUNCTIONS: usize = 200;

fn text() -> String {
    let mut text = String::from(
        "service: bench\ncustom: {prefix: '${sls:stage}-api'}\nprovider: {name: aws, runtime: python3.13}\nfunctions:\n",
    );
    for i in 0..FUNCTIONS {
        write!(
            text,
            "  fn{i:03}:\n    handler: handler.hello\n    environment: {{NAME: '${{self:custom.prefix}}-{i}'}}\n    events:\n      - http: GET /path{i:03}\n"
        )
        .expect("a text can grow");
    }
    text
}

fn loaded(text: &str) -> Box<Loaded> {
    let source = SourceId::new("serverless.yml");
    let request = Request {
        source: &source,
        text,
        options: &Options::default(),
        answers: &Answers::default(),
    };
    match load(&request) {
        Ok(Step::Ready(loaded)) => loaded,
        other => panic!("the service loads in one turn: {other:?}"),
    }
}

fn stages(criterion: &mut Criterion) {
    let text: Arc<str> = text().into();
    let source = SourceId::new("serverless.yml");
    criterion.bench_function("parse 200 functions", |bench| {
        bench.iter(|| document::read(&source, black_box(&text), Syntax::Yaml));
    });
    let document = document::read(&source, &text, Syntax::Yaml).expect("it is YAML");
    let (options, answers) = (Options::default(), Answers::default());
    criterion.bench_function("resolve 200 functions", |bench| {
        bench.iter_batched(
            || document.clone(),
            |document| resolve(black_box(document), &options, &answers),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function(
        "load 200 functions (parse, resolve, check, type)",
        |bench| {
            bench.iter(|| loaded(black_box(&text)));
        },
    );
    let service = loaded(&text).service;
    let inputs = CompileInputs {
        instance_millis: 1_795_406_861_261,
        archives: Archives {
            service: Some(Archive {
                file_name: "bench.zip".into(),
                digest: Digest::of(b""),
            }),
            ..Archives::default()
        },
    };
    criterion.bench_function("compile 200 functions", |bench| {
        bench.iter(|| compile(black_box(&service), &inputs));
    });
    let template = compile(&service, &inputs).expect("it compiles").update;
    criterion.bench_function("print the template of 200 functions", |bench| {
        bench.iter(|| black_box(&template).to_json());
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
