// Qt's two waiting checks with the patience that a slow and busy machine needs: they end as soon as the condition
// holds. Macros, because Qt's are and can be given another limit in no other way.
#pragma once

#include <QTest>

namespace altiplano::tests {
inline constexpr int kPatienceMs = 30'000;
}

#undef QTRY_VERIFY
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, altiplano::tests::kPatienceMs)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, altiplano::tests::kPatienceMs)
