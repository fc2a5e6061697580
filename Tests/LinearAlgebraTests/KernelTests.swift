import Testing

@testable import LinearAlgebra

@Suite struct KernelTests {
  @Test func productsOfRowsHaveTheBitsOfTheirDotProducts() {
    var random = Philox(seed: 1, stream: 95, index: 0)
    for (rows, columns, width) in (0...9).flatMap({ r in (1...3).map { (r, $0, 5 * r + $0) } }) {
      let first = (0..<rows * width).map { _ in random.nextNormal() }
      let second = (0..<columns * width).map { _ in random.nextNormal() }
      let products = rowProducts(first, second, width: width)
      #expect(products.rows == rows && products.columns == columns)
      for row in 0..<rows {
        for column in 0..<columns {
          let a = Array(first[row * width..<(row + 1) * width])
          let b = Array(second[column * width..<(column + 1) * width])
          #expect(products[row, column] == dot(b, a))
        }
      }
    }
  }

  @Test func productsOfAllPairsHaveTheBitsOfTheirDotProductsOnAnyNumberOfThreads() {
    var random = Philox(seed: 2, stream: 95, index: 0)
    for (count, width) in (0...9).flatMap({ count in [0, 1, 7, 20].map { (count, $0) } }) {
      let rows = (0..<count).map { _ in (0..<width).map { _ in random.nextNormal() } }
      for threads in [1, 3] {
        let products = rowProducts(rows, threads: threads)
        #expect(products.rows == count && products.columns == count)
        for row in 0..<count {
          for column in 0..<count {
            #expect(products[row, column] == dot(rows[row], rows[column]))
          }
        }
      }
    }
  }
}
