//! Tables drawn with rules: cells are what rules close in, rows are cells at one height.

use std::collections::BTreeMap;

use super::content::Rule;
use super::lines::{Line, Piece};

/// How far two edges may lie apart and still be one.
const NEAR: f32 = 2.5;

/// A cell with something in it.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) pieces: Vec<Piece>,
}

impl Cell {
    /// Its words, line by line.
    pub(super) fn text(&self) -> String {
        text(&self.pieces)
    }

    fn is_beside(&self, other: &Self) -> bool {
        let touches = (self.right - other.left).abs() <= NEAR || (self.left - other.right).abs() <= NEAR;
        touches && self.top.min(other.top) - self.bottom.max(other.bottom) > 2.0
    }

    fn has_columns_of(&self, other: &Self) -> bool {
        (self.left - other.left).abs() <= NEAR && (self.right - other.right).abs() <= NEAR
    }
}

/// Pieces as text: those of one line side by side, the lines below one another.
pub(super) fn text(pieces: &[Piece]) -> String {
    let mut sorted: Vec<&Piece> = pieces.iter().collect();
    sorted.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut out = String::new();
    let mut base = f32::NAN;
    for piece in sorted {
        if !out.is_empty() {
            out.push(if (base - piece.base).abs() < 0.35 * piece.size { ' ' } else { '\n' });
        }
        base = piece.base;
        out.push_str(&piece.text);
    }
    out
}

/// A row of cells, from left to right.
pub(super) struct Row {
    pub(super) top: f32,
    pub(super) cells: Vec<Cell>,
}

/// Takes the pieces that stand in drawn tables out of the lines: the tables' rows from top to bottom, and the other lines.
pub(super) fn take(lines: Vec<Line>, rules: &[Rule]) -> (Vec<Row>, Vec<Line>) {
    let upright: Vec<&Rule> = rules.iter().filter(|r| r.is_upright).collect();
    let level: Vec<&Rule> = rules.iter().filter(|r| !r.is_upright).collect();
    if upright.len() < 2 || level.len() < 2 {
        return (Vec::new(), lines);
    }
    let mut cells: BTreeMap<[i32; 4], Cell> = BTreeMap::new();
    let mut rest: Vec<Piece> = Vec::new();
    for piece in lines.into_iter().flat_map(|l| l.pieces) {
        match around(&piece, &upright, &level) {
            Some(cell) => {
                #[expect(clippy::cast_possible_truncation, reason = "places on a page are small; rounding is meant")]
                let key = [-cell.top, cell.left, cell.bottom, cell.right].map(|x| (x / 2.0).round() as i32);
                cells.entry(key).or_insert(cell).pieces.push(piece);
            }
            None => rest.push(piece),
        }
    }
    let mut cells: Vec<Cell> = cells.into_values().collect();
    // A frame around words is no table: a cell has a neighbour, or stands in a column of cells that have.
    let most = 3_000;
    let beside: Vec<bool> = cells.iter().map(|c| cells.iter().take(most).any(|o| c.is_beside(o))).collect();
    let with_neighbours: Vec<Cell> =
        cells.iter().zip(&beside).filter(|(_, beside)| **beside).map(|(c, _)| Cell { pieces: vec![], ..c.clone() }).collect();
    let mut kept = Vec::new();
    for (cell, beside) in cells.drain(..).zip(beside) {
        if beside || with_neighbours.iter().take(most).any(|o| cell.has_columns_of(o)) {
            kept.push(cell);
        } else {
            rest.extend(cell.pieces);
        }
    }
    (rows(kept), as_lines(rest))
}

/// The cell around a piece, still empty.
fn around(piece: &Piece, upright: &[&Rule], level: &[&Rule]) -> Option<Cell> {
    let middle = piece.middle();
    let across = f32::midpoint(piece.left, piece.right);
    let beside = upright.iter().filter(|r| r.from - 1.0 <= middle && middle <= r.to + 1.0).map(|r| r.at);
    let left = beside.clone().filter(|x| *x <= piece.left + 2.0).max_by(f32::total_cmp)?;
    let right = beside.filter(|x| *x >= (piece.right - 2.0).max(left + 3.0)).min_by(f32::total_cmp)?;
    let above_below = level.iter().filter(|r| r.from - 1.0 <= across && across <= r.to + 1.0).map(|r| r.at);
    let top = above_below.clone().filter(|y| *y >= middle).min_by(f32::total_cmp)?;
    let bottom = above_below.filter(|y| *y < middle).max_by(f32::total_cmp)?;
    Some(Cell { left, right, top, bottom, pieces: Vec::new() })
}

/// Cells at one height; the tallest of those that start together sets the height.
fn rows(mut cells: Vec<Cell>) -> Vec<Row> {
    let level = |c: &Cell| (c.top / 3.0).round();
    cells.sort_by(|a, b| level(b).total_cmp(&level(a)).then(a.bottom.total_cmp(&b.bottom)));
    let mut rows: Vec<(f32, f32, Row)> = Vec::new();
    for cell in cells {
        let middle = f32::midpoint(cell.top, cell.bottom);
        match rows.last_mut().filter(|(top, bottom, _)| *bottom <= middle && middle <= *top) {
            Some((_, _, row)) => row.cells.push(cell),
            None => rows.push((cell.top + 1.0, cell.bottom - 1.0, Row { top: cell.top, cells: vec![cell] })),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|r| r.2).collect();
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left).then(b.top.total_cmp(&a.top)));
    }
    rows
}

/// Pieces put back into lines.
fn as_lines(mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut().filter(|l| (l.base() - piece.base).abs() < 0.35 * piece.size.max(1.0)) {
            Some(line) => line.pieces.push(piece),
            None => lines.push(Line { pieces: vec![piece] }),
        }
    }
    for line in &mut lines {
        line.pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}
