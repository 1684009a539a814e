//! Packing a project of 60 MB in 5,000 files, and each step of it alone: `cargo bench -p pilothouse-artifact`.
//!
//! Run with `--pack FOLDER OUT` (after `--`) it packs a folder once, for measuring time and memory from outside.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench may panic and prints what it made"
)]

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use criterion::Criterion;
use pilothouse_artifact::{Archive, Development, Package, Rules, Scope, pack, select};
use pilothouse_effects::{ProjectFiles, TreeEntry};
use pilothouse_local::{DiskProject, DiskStore};

const FILES: usize = 5000;
const FILE_BYTES: usize = 12_000;

/// Text that deflates to about a third, as code does, from a fixed seed.
fn tree(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut seed = 20_260_801_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut words = Vec::with_capacity(4000);
    for _ in 0..4000 {
        let length = 4 + next() % 14;
        let mut word = String::new();
        for _ in 0..length {
            write!(word, "{:x}", next() % 16)?;
        }
        words.push(word);
    }
    for index in 0..FILES {
        let part = folder.join(format!("lib/part{:02}", index % 50));
        fs::create_dir_all(&part)?;
        let mut text = String::with_capacity(FILE_BYTES + 20);
        while text.len() < FILE_BYTES {
            text.push_str(&words[usize::try_from(next() % 4000)?]);
            text.push(' ');
        }
        fs::write(part.join(format!("module{index:05}.py")), text)?;
    }
    Ok(())
}

fn walk(project: &DiskProject, rules: &Rules) -> Vec<TreeEntry> {
    project
        .walk(&|folder| rules.prune(folder.as_str()))
        .expect("the tree is listed")
}

fn once(folder: &Path, out: &Path) -> Vec<Archive> {
    let project = DiskProject::open(folder).expect("a project");
    let store = DiskStore::open(out).expect("a folder");
    let rules = Rules::new(&Scope::default(), &[]).expect("rules");
    let tree = walk(&project, &rules);
    let files = select(&rules, &Development::find(&project, &tree), &tree).files;
    let package = Package {
        file_name: "bench.zip".into(),
        files,
    };
    pack(&project, &store, &[package]).expect("an archive")
}

fn measure(folder: &Path, out: &Path) {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let project = DiskProject::open(folder).expect("a project");
    let patterns = ["!**/*.txt", "!tests/**", "lib/**"].map(str::to_owned);
    let rules = Rules::new(&Scope::default(), &patterns).expect("rules");
    let listed = walk(&project, &rules);
    criterion.bench_function("walk 5,000 files", |bench| {
        bench.iter(|| walk(&project, &rules))
    });
    criterion.bench_function("select from 5,000 files", |bench| {
        bench.iter(|| select(&rules, &Development::default(), &listed));
    });
    criterion.bench_function("pack 60 MB in 5,000 files", |bench| {
        bench.iter(|| once(folder, out))
    });
    criterion.final_summary();
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some([flag, folder, out]) = arguments.get(1..4)
        && flag == "--pack"
    {
        let archives = once(Path::new(folder), Path::new(out));
        for archive in archives {
            println!(
                "{} {} bytes {}",
                archive.file_name, archive.size, archive.digest
            );
        }
        return Ok(());
    }
    let place = tempfile::tempdir()?;
    let project = place.path().join("project");
    tree(&project)?;
    measure(&project, &place.path().join("out"));
    Ok(())
}
