//! Sizes as the window asks for them: what is large is found, left out by its pattern, and gone afterwards.

use pilothouse_desk::wire::{EditAsked, FileMark, SharedValues, SizeKind};

use crate::World;

#[tokio::test]
async fn what_is_large_is_left_out_by_the_pattern_that_the_page_is_given() {
    let world = World::new();
    let place = world.hello();
    let folder = world
        .place
        .path()
        .join("pilothouse-examples/hello-world/data [old]");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("large.bin"), vec![7_u8; 400_000]).expect("a file");
    std::fs::write(folder.join("other.bin"), vec![9_u8; 100_000]).expect("a file");

    let sizes = world.desk.sizes(&place, Vec::new()).await.expect("sizes");
    let archive = sizes.archives.first().expect("an archive");
    let tree = archive.tree.as_ref().expect("it is looked into");
    let large = tree.children.first().expect("a part");
    assert_eq!(
        (large.name.as_str(), large.kind),
        ("data [old]", SizeKind::Folder)
    );
    assert_eq!((large.files, large.unzipped), (2, 500_000));
    assert_eq!(
        sizes.functions.first().map(|one| one.too_large),
        Some(false)
    );

    let pattern = large.pattern.clone().expect("a pattern");
    let asked = vec![pattern.clone()];
    let less = world.desk.sizes(&place, asked).await.expect("sizes");
    let rest = less
        .archives
        .first()
        .and_then(|one| one.rest)
        .expect("what is left");
    assert_eq!(rest.unzipped, tree.unzipped - 500_000);
    assert_eq!(rest.files, tree.files - 2);

    let edits = [EditAsked::Insert {
        path: archive.patterns_at.clone().expect("a list"),
        at: None,
        value: serde_json::to_string(&pattern).expect("JSON"),
    }];
    let proposed = world
        .desk
        .propose_edit(&place, &edits, SharedValues::Refuse);
    let proposed = proposed.expect("it can be written");
    assert_eq!(proposed.new_errors, 0);
    let marks: Vec<FileMark> = proposed
        .files
        .iter()
        .map(|file| FileMark {
            file: file.file.clone(),
            digest: file.digest.clone(),
        })
        .collect();
    let made = world
        .desk
        .make_edit(&place, &edits, SharedValues::Refuse, &marks);
    made.expect("it is written");

    let after = world.desk.sizes(&place, Vec::new()).await.expect("sizes");
    let after = after.archives.first().expect("an archive");
    assert_eq!(
        after.tree.as_ref().map(|tree| tree.unzipped),
        Some(rest.unzipped)
    );
    assert_eq!(after.zipped, rest.zipped);
}

#[tokio::test]
async fn a_pattern_that_is_none_is_refused_with_the_way() {
    let world = World::new();
    let place = world.hello();
    let refused = world.desk.sizes(&place, vec!["!a/!(b)".to_owned()]).await;
    let problem = refused.expect_err("it is not understood");
    assert!(
        problem
            .hints
            .iter()
            .any(|hint| hint.contains("package.patterns")),
        "{problem:?}"
    );
}
