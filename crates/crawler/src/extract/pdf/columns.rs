//! Tables without rules, and text in columns: told by the white that runs down between pieces.

use super::header;
use super::lines::{Line, Piece};

/// A column while its table is still being gathered: where its pieces reach, and on how many lines it has one.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Column {
    left: f32,
    right: f32,
    lines: usize,
}

/// What stands on a page, from top to bottom.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Part {
    /// Lines of text.
    Lines(Vec<Line>),
    /// A table without rules.
    Table(Table),
}

/// A table without rules.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Table {
    /// The head of each column; empty where it has none.
    pub(super) heads: Vec<String>,
    /// Where its columns start and end.
    pub(super) columns: Vec<(f32, f32)>,
    /// Rows of cells, each cell with its pieces.
    pub(super) rows: Vec<Vec<Vec<Piece>>>,
}

/// Sorts lines into text and tables.
pub(super) fn parts(lines: Vec<Line>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut rest = lines.into_iter().peekable();
    let mut region: Vec<Line> = Vec::new();
    while let Some(line) = rest.next() {
        if line.pieces.len() < 2 {
            plain(&mut out, line);
            continue;
        }
        let mut columns = joined(&[], &line).unwrap_or_default();
        let mut support = 1_usize;
        region.push(line);
        while let Some(next) = rest.peek() {
            let above = region.last().map_or(f32::MAX, Line::base);
            if above - next.base() > 6.0 * next.size() {
                break;
            }
            let Some(wider) = joined(&columns, next).filter(|c| c.len() > 1) else { break };
            columns = wider;
            support += usize::from(next.pieces.len() > 1);
            region.extend(rest.next());
        }
        settle(&mut out, std::mem::take(&mut region), &columns, support);
    }
    out
}

fn plain(out: &mut Vec<Part>, line: Line) {
    match out.last_mut() {
        Some(Part::Lines(lines)) => lines.push(line),
        _ => out.push(Part::Lines(vec![line])),
    }
}

/// Columns with a line added: its pieces widen those that they stand in or start new ones. `None` if a piece runs across
/// the white between columns that are well established, or a line of one piece across any.
fn joined(columns: &[Column], line: &Line) -> Option<Vec<Column>> {
    let narrow = 0.5 * line.size();
    let mut out = columns.to_vec();
    for piece in &line.pieces {
        let touches = |c: &Column| piece.left < c.right + narrow && piece.right > c.left - narrow;
        let touched: Vec<Column> = out.iter().copied().filter(touches).collect();
        if touched.len() > 1 && (line.pieces.len() == 1 || touched.iter().filter(|c| c.lines > 2).count() > 1) {
            return None;
        }
        out.retain(|c| !touches(c));
        let start = Column { left: piece.left, right: piece.right, lines: 1 };
        out.push(touched.iter().fold(start, |a, b| Column {
            left: a.left.min(b.left),
            right: a.right.max(b.right),
            lines: a.lines.max(b.lines + 1),
        }));
    }
    out.sort_by(|a, b| a.left.total_cmp(&b.left));
    Some(out)
}

/// Decides what a region is.
fn settle(out: &mut Vec<Part>, region: Vec<Line>, gathered: &[Column], support: usize) {
    let wide =
        region.first().is_some_and(|l| l.pieces.windows(2).any(|w| matches!(w, [a, b] if b.left - a.right > 1.6 * l.size())));
    if support < 2 && !wide {
        // Words that stand a little far apart in one line of text.
        for line in region {
            plain(out, line);
        }
        return;
    }
    let bounds: Vec<f32> =
        gathered.windows(2).filter_map(|w| w.first().zip(w.last())).map(|(a, b)| f32::midpoint(a.right, b.left)).collect();
    let column = |piece: &Piece| bounds.partition_point(|b| *b < f32::midpoint(piece.left, piece.right));
    let count = bounds.len() + 1;
    let has_head = region.first().is_some_and(is_head_line);
    if !has_head && is_prose(&region, count, &column) {
        for wanted in 0..count {
            let of_column = region.iter().filter_map(|line| {
                let pieces: Vec<Piece> = line.pieces.iter().filter(|p| column(p) == wanted).cloned().collect();
                (!pieces.is_empty()).then_some(Line { pieces })
            });
            out.push(Part::Lines(of_column.collect()));
        }
        return;
    }
    let mut lines = region;
    // A head may begin above with a line of one piece only.
    if has_head && let Some(Part::Lines(above)) = out.last_mut() {
        while let Some(line) = above.last().filter(|l| is_head_part(l, lines.first(), gathered)) {
            lines.insert(0, line.clone());
            above.pop();
        }
    }
    // Further lines of a head need not tell by themselves: "any)", "Returning Officer".
    let goes_on =
        |above: &Line, l: &Line| above.base() - l.base() < 1.5 * l.size() && l.pieces.iter().all(|p| header::is_head(&p.text));
    let first = usize::from(lines.first().is_some_and(is_head_line));
    let further = lines.windows(2).take_while(|w| matches!(w, [a, l] if goes_on(a, l) || is_head_line(l))).count();
    let heads_end = first + further * first;
    let body = lines.split_off(heads_end.min(lines.len()));
    let mut heads = vec![String::new(); count];
    for piece in lines.iter().flat_map(|l| &l.pieces) {
        if let Some(head) = heads.get_mut(column(piece)) {
            if !head.is_empty() {
                head.push(' ');
            }
            head.push_str(&piece.text);
        }
    }
    let all: Vec<&Piece> = lines.iter().chain(&body).flat_map(|l| &l.pieces).collect();
    let columns = (0..count)
        .map(|wanted| {
            let of_column = all.iter().filter(|p| column(p) == wanted);
            of_column.fold((f32::MAX, f32::MIN), |(l, r), p| (l.min(p.left), r.max(p.right)))
        })
        .collect();
    let rows = rows(body, count, &column);
    out.push(Part::Table(Table { heads, columns, rows }));
}

/// A line that names columns.
fn is_head_line(line: &Line) -> bool {
    line.pieces.iter().all(|p| header::is_head(&p.text)) && header::is_telling(&line.text())
        || line.pieces.iter().all(|p| header::is_head(&p.text) && p.text.starts_with('('))
        || (line.pieces.iter().all(|p| header::is_head(&p.text)) && line.pieces.iter().all(|p| p.is_bold))
        || (line.pieces.len() == 1 && line.pieces.iter().all(|p| header::is_head(&p.text) && p.text.len() > 3))
}

/// A line above a head that belongs to it: words of heads, close above, not across the white.
fn is_head_part(line: &Line, below: Option<&Line>, columns: &[Column]) -> bool {
    let Some(below) = below else { return false };
    let is_close = line.base() - below.base() < 1.7 * below.size() && line.size() < 1.15 * below.size();
    is_close && is_head_line(line) && joined(columns, line).is_some_and(|c| c.len() == columns.len())
}

/// Whether columns hold running text that goes on from line to line, and no rows.
fn is_prose(region: &[Line], count: usize, column: &impl Fn(&Piece) -> usize) -> bool {
    if count > 4 || region.len() < 4 {
        return false;
    }
    (0..count).all(|wanted| {
        let own: Vec<&Piece> = region.iter().flat_map(|l| &l.pieces).filter(|p| column(p) == wanted).collect();
        let right = own.iter().map(|p| p.right).fold(f32::MIN, f32::max);
        let left = own.iter().map(|p| p.left).fold(f32::MAX, f32::min);
        let long =
            own.iter().filter(|p| p.text.split_whitespace().count() >= 4 && p.right > right - 0.25 * (right - left)).count();
        own.len() >= 4 && long * 2 >= own.len()
    })
}

/// Cuts the lines of a table into rows.
fn rows(lines: Vec<Line>, count: usize, column: &impl Fn(&Piece) -> usize) -> Vec<Vec<Vec<Piece>>> {
    let size = lines.iter().map(Line::size).fold(0.0, f32::max).max(1.0);
    let leading = leading(&lines, count, column).unwrap_or(1.2 * size);
    let in_first = |line: &Line| line.pieces.first().filter(|p| column(p) == 0).map(|p| p.text.clone());
    let is_capitals = |text: &String| {
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    let white = (leading - size) + 0.35 * size;
    let gap = |a: &Line, b: &Line| (a.base() - 0.25 * size) - 0.75f32.mul_add(size, b.base());
    let breaks = lines.windows(2).filter(|w| matches!(w, [a, b] if gap(a, b) > white)).count();
    let firsts: Vec<String> = lines.iter().filter_map(in_first).collect();
    let capitals = firsts.iter().filter(|t| is_capitals(t)).count();
    let by_capitals = breaks == 0 && capitals > 1 && capitals < firsts.len();
    let mut rows: Vec<Vec<Vec<Piece>>> = Vec::new();
    let mut above: Option<Line> = None;
    for line in lines {
        let is_new = match &above {
            None => true,
            Some(above) if breaks > 0 => gap(above, &line) > white,
            Some(_) if by_capitals => in_first(&line).is_some_and(|t| is_capitals(&t)),
            Some(_) => in_first(&line).is_some(),
        };
        if is_new {
            rows.push(vec![Vec::new(); count]);
        }
        if let Some(row) = rows.last_mut() {
            for piece in &line.pieces {
                if let Some(cell) = row.get_mut(column(piece)) {
                    cell.push(piece.clone());
                }
            }
        }
        above = Some(line);
    }
    rows
}

/// The usual distance of two lines in one column: of the closer half the middle.
fn leading(lines: &[Line], count: usize, column: &impl Fn(&Piece) -> usize) -> Option<f32> {
    let mut distances = Vec::new();
    for wanted in 0..count.min(12) {
        let bases: Vec<f32> = lines.iter().filter(|l| l.pieces.iter().any(|p| column(p) == wanted)).map(Line::base).collect();
        distances.extend(bases.windows(2).filter_map(|w| w.first().zip(w.last())).map(|(a, b)| a - b));
    }
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 4).copied()
}
